import type { DemoSet } from '../types.ts'
import { abTestReport } from './ab-test-report.ts'
import { calculusTwo } from './calculus-two.ts'
import { gatsbyEssay } from './gatsby-essay.ts'
import { inclineMechanics } from './incline-mechanics.ts'
import { linearAlgebra } from './linear-algebra.ts'
import { linkedListJava } from './linked-list-java.ts'
import { enNotifications } from './notifications.ts'
import { enPeople } from './people.ts'
import { personalStatement } from './personal-statement.ts'
import { stroopReport } from './stroop-report.ts'
import { taxIncidence } from './tax-incidence.ts'
import { titrationChemistry } from './titration-chemistry.ts'
import { todoApp } from './todo-app.ts'
import { worldWarEssay } from './world-war-essay.ts'

/** The English demo: its people, their orders (latest first) and the host's own notifications. */
export const enDemo: DemoSet = {
  locale: 'en',
  people: enPeople,
  orders: [
    linearAlgebra,
    titrationChemistry,
    abTestReport,
    linkedListJava,
    personalStatement,
    todoApp,
    inclineMechanics,
    worldWarEssay,
    calculusTwo,
    gatsbyEssay,
    taxIncidence,
    stroopReport,
  ],
  notifications: enNotifications,
  refusals: [],
}
