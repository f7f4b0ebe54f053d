/**
 * To be imported before anything that imports graphql. In each of its many `instanceof` it looks whether the value is of another copy
 * of itself, unless NODE_ENV says production when it is loaded: a twentieth of a read. There is one copy, and the tests, which are
 * without this, would show another.
 */
const { NODE_ENV } = process.env
process.env.NODE_ENV = 'production'
await import('graphql')
if (NODE_ENV === undefined) delete process.env.NODE_ENV
else process.env.NODE_ENV = NODE_ENV

export {}
