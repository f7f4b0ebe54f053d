import type { DemoSet } from '../types.ts'
import { calculusColloquium } from './calculus-colloquium.ts'
import { dijkstraCpp } from './dijkstra-cpp.ts'
import { econometricsModel } from './econometrics-model.ts'
import { examMaths } from './exam-maths.ts'
import { historyEssay } from './history-essay.ts'
import { marketingCoursework } from './marketing-coursework.ts'
import { ruNotifications } from './notifications.ts'
import { pandasLab } from './pandas-lab.ts'
import { ruPeople } from './people.ts'
import { physicsElectrostatics } from './physics-electrostatics.ts'
import { probabilityHomework } from './probability-homework.ts'
import { ruRefusals } from './refusals.ts'
import { schoolChemistry } from './school-chemistry.ts'
import { schoolEssay } from './school-essay.ts'
import { sqlLibrary } from './sql-library.ts'
import { strengthOfMaterials } from './strength-of-materials.ts'

/** The Russian demo: its people, their orders (latest first) and the host's own notifications. */
export const ruDemo: DemoSet = {
  locale: 'ru',
  people: ruPeople,
  orders: [
    probabilityHomework,
    physicsElectrostatics,
    econometricsModel,
    dijkstraCpp,
    marketingCoursework,
    pandasLab,
    examMaths,
    historyEssay,
    sqlLibrary,
    calculusColloquium,
    schoolEssay,
    strengthOfMaterials,
    schoolChemistry,
  ],
  notifications: ruNotifications,
  refusals: ruRefusals,
}
