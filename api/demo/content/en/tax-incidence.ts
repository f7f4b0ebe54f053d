import type { DemoOrder } from '../types.ts'

/** Microeconomics: equilibrium, elasticity and who really pays a tax. */
export const taxIncidence: DemoOrder = {
  externalRef: 'order-20477',
  title: 'Microeconomics: elasticity and tax incidence, problem set',
  people: ['priya', 'daniel'],
  endedMinAgo: 2960,
  lines: [
    {
      by: 'priya',
      text: "Hi Daniel, I've seen you do maths, do you do econ too? Demand Q = 120 − 2P, supply Q = −30 + 3P, then a tax of 5 per unit, find everything",
      afterMin: 14,
    },
    { by: 'daniel', text: 'Hi Priya! Econ with straight lines, gladly. Start with the equilibrium.', afterMin: 25 },
    { by: 'priya', text: '120 − 2P = −30 + 3P → P = 30, Q = 60', afterMin: 4 },
    { by: 'daniel', text: 'Good. Elasticity of demand at that point?', afterMin: 2 },
    { by: 'priya', text: 'slope −2, so −2?', afterMin: 5 },
    { by: 'daniel', text: "The slope isn't the elasticity: multiply by P/Q. −2 · 30/60 = −1.", afterMin: 3 },
    { by: 'priya', text: 'so exactly unit elastic. does that mean anything?', afterMin: 2 },
    {
      by: 'daniel',
      text: 'It means total revenue is at its maximum right there. Check: R = P(120 − 2P), the derivative 120 − 4P is zero at P = 30.',
      afterMin: 4,
    },
    { by: 'priya', text: 'whoa, neat', afterMin: 1 },
    { by: 'daniel', text: 'Now the tax. Sellers get P − 5, so put that into supply.', afterMin: 3 },
    { by: 'priya', text: 'Q = −30 + 3(P − 5) = 3P − 45. 120 − 2P = 3P − 45, P = 33, Q = 54', afterMin: 7 },
    { by: 'priya', text: 'but the tax was 5 and the price only went up by 3?', afterMin: 3 },
    {
      by: 'daniel',
      text: "That's tax incidence! Buyers pay 3 more, sellers receive 28 instead of 30, so they lose 2. 3 + 2 = 5.",
      afterMin: 2,
    },
    { by: 'priya', text: 'why 3 and 2 and not half and half', afterMin: 4 },
    {
      by: 'daniel',
      text: 'Whoever can escape less easily pays more. Supply here is steeper in quantity (3 per unit of price) than demand (2), so buyers are the less flexible side. Share of buyers = 3/(3 + 2).',
      afterMin: 5,
    },
    { by: 'priya', text: "so it doesn't matter who the law says should pay?", afterMin: 2 },
    { by: 'daniel', text: "Not in this model. That's the surprise of the chapter.", afterMin: 1 },
    { by: 'priya', text: 'Government revenue 5 · 54 = 270. Deadweight loss?', afterMin: 10 },
    { by: 'daniel', text: 'A triangle: half of the tax times the lost quantity.', afterMin: 3 },
    { by: 'priya', text: '0.5 · 5 · 6 = 15', afterMin: 2 },
    { by: 'daniel', text: 'Now check with the surpluses. Consumers: before, the triangle up to P = 60.', afterMin: 2 },
    { by: 'priya', text: 'CS: 900 → 729, loss 171\nPS: 600 → 486, loss 114\ntotal 285 = 270 + 15 ✅', afterMin: 12 },
    { by: 'daniel', text: 'When the books balance like that, you can stop worrying.', afterMin: 1 },
    { by: 'priya', text: 'that was so satisfying. how do I draw it without it looking like spaghetti', afterMin: 6 },
    {
      by: 'daniel',
      text: "Price on the vertical axis, one wedge of height 5 at Q = 54, shade three areas in three colours: buyers' share, sellers' share, the lost triangle.",
      afterMin: 5,
    },
    { by: 'priya', text: 'Graph attached, on squared paper, with colours!', afterMin: 90 },
    { by: 'daniel', text: "Clear as day. Label the axes (P and Q, with units) and it's finished.", afterMin: 16 },
    { by: 'priya', text: 'Done and accepted, $18. My flatmate wants to book you too', afterMin: 5 },
    {
      by: 'daniel',
      text: 'Thank you! Tell them to place an order here on the platform and pick me as the expert.',
      afterMin: 10,
    },
  ],
}
