import type { DemoOrder } from '../types.ts'

/** Statistics: an A/B test in R, with a warning against peeking. */
export const abTestReport: DemoOrder = {
  externalRef: 'order-20498',
  title: 'Statistics: A/B test report in R',
  people: ['emily', 'daniel'],
  endedMinAgo: 29,
  unread: { daniel: 1 },
  lines: [
    {
      by: 'emily',
      text: 'Hello again! Stats this time. We got a data set from a "checkout button" experiment and have to write a 6-page report',
      afterMin: 10,
    },
    { by: 'daniel', text: "Hi Emily, good to see you. What's in the file?", afterMin: 16 },
    { by: 'emily', text: '`checkout.csv`, 4800 rows: user, group (A or B), device, bought (0/1), day', afterMin: 3 },
    { by: 'emily', text: 'A: 120 of 2400 bought. B: 156 of 2400. So B is better by 1.5%, done?', afterMin: 2 },
    {
      by: 'daniel',
      text: 'By 1.5 percentage points, and 30% in relative terms. Say which one you mean: a reader can get very excited by the wrong one.',
      afterMin: 4,
    },
    { by: 'emily', text: "wow ok, didn't know those were different things", afterMin: 1 },
    { by: 'daniel', text: '5.0% → 6.5%. Difference 1.5 points; ratio 1.3.', afterMin: 2 },
    {
      by: 'daniel',
      text: 'Proposal: I review your analysis plan, then the R code, then one full read of the draft. $45, two rounds of comments. The writing stays yours.',
      afterMin: 3,
    },
    { by: 'emily', text: 'Deal. Paid through the order', afterMin: 4 },
    {
      by: 'emily',
      text: "I ran `prop.test(c(156, 120), c(2400, 2400))` and got p = 0.030. My friend did it by hand and got 0.0256. Which one's wrong?",
      afterMin: 30,
    },
    {
      by: 'daniel',
      text: 'Neither! R applies a continuity correction by default. Try `correct = FALSE`.',
      afterMin: 3,
    },
    { by: 'emily', text: '0.0256, ha', afterMin: 2 },
    {
      by: 'daniel',
      text: 'By hand: pooled p = 276/4800 = 0.0575\nSE = sqrt(0.0575 · 0.9425 · 2/2400) = 0.00672\nz = 0.015/0.00672 = 2.23\nReport one and say which one.',
      afterMin: 4,
    },
    { by: 'emily', text: 'and the confidence interval?', afterMin: 6 },
    {
      by: 'daniel',
      text: 'That one uses the unpooled SE, 0.00672 here too, by luck. 0.015 ± 1.96 · 0.00672 → from 0.2 to 2.8 points.',
      afterMin: 3,
    },
    { by: 'emily', text: "that's wide?", afterMin: 5 },
    {
      by: 'daniel',
      text: 'It is. "B is probably better, but it could be barely better." That honesty is what your lecturer will look for.',
      afterMin: 2,
    },
    {
      by: 'emily',
      text: 'Question 3 asks "the team looked at the results every day and stopped on day 9, comment". What\'s there to comment on?',
      afterMin: 80,
    },
    {
      by: 'daniel',
      text: 'A lot! Imagine flipping a fair coin and checking after every flip whether it looks unfair. Sooner or later it will, if you look often enough.',
      afterMin: 6,
    },
    {
      by: 'daniel',
      text: 'Every look is another chance of a false positive. With nine looks at 5% each you can be near 20% overall, not 5%.',
      afterMin: 1,
    },
    { by: 'emily', text: "so p = 0.0256 isn't really 0.0256", afterMin: 4 },
    { by: 'daniel', text: 'Precisely.', afterMin: 1 },
    { by: 'emily', text: 'can I simulate that? would look cool', afterMin: 2 },
    {
      by: 'daniel',
      text: 'You should. Sketch:\n`set.seed(42)`\n`peek <- function() any(replicate_days(9) < 0.05)`\n`mean(replicate(2000, peek()))`\nWrite `replicate_days` yourself: draw both groups with p = 0.05, return a p-value after each day.',
      afterMin: 9,
    },
    { by: 'emily', text: 'IT WORKED. 0.19!!! with no effect at all', afterMin: 150 },
    { by: 'daniel', text: "There's your figure 2. Put a dashed line at 0.05.", afterMin: 7 },
    {
      by: 'emily',
      text: 'then I split by device. Mobile: A 3.1%, B 5.4%. Desktop: A 8.9%, B 8.6%. So on desktop B is WORSE?',
      afterMin: 45,
    },
    { by: 'daniel', text: "How many desktop users, and what's the interval for that difference?", afterMin: 5 },
    { by: 'emily', text: 'about 800 in each group… interval from −3.0 to 2.5', afterMin: 7 },
    {
      by: 'daniel',
      text: "So we can't tell. It isn't worse, it's unknown. Be careful with \"subgroups\": slice enough and something will always look odd.",
      afterMin: 2,
    },
    { by: 'emily', text: 'lol I was about to write a whole page on why desktop users hate it', afterMin: 3 },
    { by: 'daniel', text: 'Every analyst has written that page once 🙂', afterMin: 1 },
    { by: 'emily', text: 'Draft attached: `ab_report_v1.docx`, 7 pages, limit is 6', afterMin: 900 },
    {
      by: 'daniel',
      text: "Read it. Strong. Cut the history of A/B testing (half a page, nobody asked), merge tables 1 and 2, and you're at 6.",
      afterMin: 55,
    },
    {
      by: 'daniel',
      text: 'p. 4: "there is a 97.4% chance that B is better". That\'s not what a p-value says. Try: "if there were no difference, a result at least this extreme would occur about 2.6% of the time".',
      afterMin: 2,
    },
    { by: 'emily', text: "I've read that sentence in three textbooks and it only makes sense now", afterMin: 4 },
    {
      by: 'emily',
      text: 'v2 is up! 6 pages exactly. Is the conclusion too cautious? "We recommend repeating the test with a fixed horizon"',
      afterMin: 200,
    },
    {
      by: 'daniel',
      text: "Not too cautious at all. Add how many users you'd need: use `power.prop.test(p1 = 0.05, p2 = 0.065, power = 0.8)`.",
      afterMin: 18,
    },
    { by: 'emily', text: 'n = 3780 per group?? we had 2400', afterMin: 9 },
    {
      by: 'daniel',
      text: "So the original test was under-powered as well. That's your last paragraph written for you.",
      afterMin: 2,
    },
    {
      by: 'emily',
      text: "Added it. Ok I'm weirdly proud of this thing. Can you do the final look tonight?",
      afterMin: 35,
    },
  ],
}
