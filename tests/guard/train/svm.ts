/** One sentence to learn from: which features it has, on which side it is and how much that counts. */
export interface Example {
  features: Int32Array
  positive: boolean
  cost: number
}

/** Numbers below `limit`, the same at every run. */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

export const scoreOf = (features: Int32Array, weights: Float64Array): number =>
  features.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0)

/**
 * A linear classifier with L2 regularisation and squared hinge loss, by dual coordinate descent (Hsieh et al., "A dual coordinate
 * descent method for large-scale linear SVM", 2008). Nothing but sums, products and quotients in a fixed order: the same on every
 * machine.
 */
export function trainSvm(examples: readonly Example[], featureCount: number, epochs: number): Float64Array {
  const weights = new Float64Array(featureCount)
  const alphas = new Float64Array(examples.length)
  const order = Int32Array.from(examples, (_, i) => i)
  const below = numbersFrom(1)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const other = below(i + 1)
      const kept = order[i] ?? 0
      order[i] = order[other] ?? 0
      order[other] = kept
    }
    for (const i of order) improve(examples[i], i, weights, alphas)
  }
  return weights
}

/** Moves the weights to where this example by itself would have them. */
function improve(example: Example | undefined, i: number, weights: Float64Array, alphas: Float64Array): void {
  if (!example) return
  const side = example.positive ? 1 : -1
  const diagonal = 1 / (2 * example.cost)
  const alpha = alphas[i] ?? 0
  const gradient = side * scoreOf(example.features, weights) - 1 + diagonal * alpha
  const next = Math.max(0, alpha - gradient / (example.features.length + diagonal))
  if (next === alpha) return
  alphas[i] = next
  for (const feature of example.features) weights[feature] = (weights[feature] ?? 0) + (next - alpha) * side
}
