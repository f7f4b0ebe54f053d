/**
 * English words that follow a messenger's name without being anybody's: "my telegram isn't working", "Instagram marketing".
 * Only consulted there, so it need not hold the language.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `about account accounts active activity after again almost also always analysis analytics android another apps archive around audience aware back banned based because been before being best better between blocked blog broken business button call calls campaign campaigns case changed channel channels chat chats client clone closed code color communication community company connected content could crash crashed currently data deleted desktop different does doesn domain done down during dead empty engagement essay even every example examples fails fake fast features feed fine first followers forum founded founder free from full gone good great groups growth hacked half hard have here history idea image images important inactive inc instead integration interview interviews into invented invite issue junk just know large last later launched least like likes linked links list live locked logged logo look love made main make makes many market marketing maybe media message messages messenger method might mini mobile models more most much music muted nearly need never new news nice nitro none normal nothing notification notifications offline often okay only open opened other over owner page pages paid part platform platforms policy popular poster posts premium pretty privacy private probably profile project proxy public question questions quite reach ready really reels report reports research response review right same says screen screenshot script search security server servers service services settings share shared should show shows since site slow social some sometimes soon source stats status still stickers stopped stories story strategy study style such support survey than that them themes then there these they thing think this those thread through time times today tool tools topic total traffic trends type under unavailable update used useful user users using very video videos voice want was well went were what when where which while widget will with without work working works would writing wrong years your`.split(
    /\s+/,
  ),
)

/** Programs, services and formats that a Russian sentence names in Latin letters: "скинь в тг файл docx". */
export const productWords: ReadonlySet<string> = new Set(
  `physics mathematics economics statistics ethics linguistics politics graphics analytics basics topics comics access adobe android ansys anki apple arduino audio autocad bitrix blender canva chrome cisco cloud codeforces colab compas coursera delphi demo desktop dev
  django docs docx drive dropbox duolingo email eviews excel fastapi figma file final firefox flask frontend backend full game gdrive github gitlab golang
  google gretl hardcore html iphone ipad java javascript jira jpeg json jupyter kahoot kaspersky keras kotlin latex lite live maple mathcad mathtype matlab
  meme mendeley minecraft miro mobile moodle mp3 mysql netflix node notion numpy office online offline openai opencv outlook overleaf pandas pascal pdf
  photoshop php playlist podcast postgres postgresql powerpoint premium premiere project proteus pycharm python pytorch quizlet react redis release revit
  safari samsung scratch screen screenshot selenium server shorts simulink skyeng sketchup solidworks soft sound spark spotify spring sql sqlite spss stata
  statistica stepik stream stories studio support sublime swift tableau tensorflow test timeline trello turnitin typescript ubuntu udemy unity unreal
  update video visio vpn webinar windows wiki wikipedia wolfram word wordpress workshop xcode xiaomi yandex youtube zotero upload download deadline feedback
  chatgpt gpt deepseek claude gemini copilot midjourney vs`.split(/\s+/),
)
