let audio: AudioContext | null = null

/** Two soft notes. Browsers allow them after the first click on the page. */
export function playChime() {
  // Without a click on the page the browser would keep the sound back and complain in the console.
  if (!navigator.userActivation?.hasBeenActive) return
  audio ??= new AudioContext()
  const start = audio.currentTime
  for (const [index, frequencyHz] of [660, 880].entries()) {
    const at = start + index * 0.12
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = frequencyHz
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.08, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.25)
  }
}
