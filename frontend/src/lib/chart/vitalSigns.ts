/**
 * Names that the usual vital signs have in a record: those that our own form writes, in the language of whoever filled it in, and LOINC's. Only
 * the exact name stands for the sign, so that nothing an author added to it is lost.
 */
const NAMES = {
  bloodPressure: [
    ...["Blood pressure", "Presión arterial", "ضغط الدم"],
    ...["Blood pressure panel with all children optional", "Blood pressure systolic and diastolic"],
  ],
  systolic: ["Systolic blood pressure", "Presión arterial sistólica", "ضغط الدم الانقباضي"],
  diastolic: ["Diastolic blood pressure", "Presión arterial diastólica", "ضغط الدم الانبساطي"],
  heartRate: ["Heart rate", "Frecuencia cardíaca", "معدل ضربات القلب"],
  respiratoryRate: ["Respiratory rate", "Frecuencia respiratoria", "معدل التنفس"],
  temperature: ["Body temperature", "Temperatura corporal", "درجة حرارة الجسم"],
  oxygenSaturation: ["Oxygen saturation", "Saturación de oxígeno", "تشبع الأكسجين"],
  weight: ["Body weight", "Peso corporal", "وزن الجسم"],
  height: ["Body height", "Estatura", "طول الجسم"],
  bmi: ["Body mass index", "Índice de masa corporal", "مؤشر كتلة الجسم", "Body mass index (BMI) [Ratio]"],
} as const;

export type VitalSign = keyof typeof NAMES;

export const VITAL_SIGNS = Object.keys(NAMES) as readonly VitalSign[];

const SIGN_OF: ReadonlyMap<string, VitalSign> = new Map(
  VITAL_SIGNS.flatMap((sign) => NAMES[sign].map((name) => [name.toLowerCase(), sign] as const)),
);

/** The vital sign that is called so; undefined for any other words. */
export function vitalSignOf(name: string): VitalSign | undefined {
  return SIGN_OF.get(name.toLowerCase());
}
