/** Examples of HL7 SMART Health Cards and Links 1.0.0 (github.com/HL7/smart-health-cards-and-links, input/images), signed by its example issuer. */
export const EXAMPLE_ISSUER = "https://spec.smarthealth.cards/examples/issuer";

/** "Example 0: Three COVID-19 Vaccine Doses". */
export const EXAMPLE_CARD =
  "eyJ6aXAiOiJERUYiLCJhbGciOiJFUzI1NiIsImtpZCI6IjNLZmRnLVh3UC03Z1h5eXd0VWZVQUR3QnVtRE9QS01ReC1pRUxMMTFXOXMifQ.3ZJJjxMxEIX_yqi49j4krfSNBIlNIBAzXFAOjruSNvLS8hIljPq_U3Z6BEIzXAAJ0beyq16997nvQDgHHQzej64rSzciL5xi1g_IpB8KzmzvSjwxNUp0JXUHtJCB3u2hq9t6UVdtu7wulm2bwZFDdwf-PCJ0n79r_iz35FLksYBtBtxij9oLJj-G3RfkPqrsB2E_oXXCaPL3tKiKmtbG03XQvcTYY9GZYDnepI0wX2SzA-BGSlKLChnQAnsmW6QcpLy1khru57uKGu6LB4TfMy9oPsZmCi8iTAlJevBMU491acdBHFHH6K_NEOt1AduJAu4EAXjOfNSqV4s6r-q8qWCasgfd1L9280qpoMVXNgdznvngUtz4Rh57OjwyzoXGjemTAje90Idk3J2dRzU_Ob3OINvC2EMZyZZO9CU_nkiAp0loqham7ZTBOCNIdvZoUUdvPxKkJsN5sOkqhr0R6iLRpMBVjEWo9sYq-oWiF8a9sVGyF26ULOFcb65eoEbL5NVL40bhmSRQBFEa_y6oXRyFKn31owSb_5Jgs_rTBNtHCV7_QwQp9-8TbPJqlVeLv_EPbgkiWNHT4ds3581paMdl-EAX3wA.SJfVevUy2FtgiFeVLz8A11lNVDe7UhWeMZQrP8zwbVKCzxgm0-w8kyrmp7CJfPWha3D1zsE4jmDxlqW7RkZS8w";

/** "Example 3: Revoked COVID-19 Credential". */
export const EXAMPLE_REVOKED =
  "eyJ6aXAiOiJERUYiLCJhbGciOiJFUzI1NiIsImtpZCI6IjNLZmRnLVh3UC03Z1h5eXd0VWZVQUR3QnVtRE9QS01ReC1pRUxMMTFXOXMifQ.3ZNNb9QwEIb_SjVc871LwubWFonCASEoHKj24LVnNy6OHfkj7FLlvzPOpgJVhRMncrNn5vH7vo4fQDoHLXTeD67Nczcgz1zPrO-QKd9lnFnhcjyyflDocuoOaCEBvdtDWzbly7JomnqV1c2rBEYO7QP404DQ3v1iPsW9OC_SuIBtAtyiQO0lU5_C7h65j5R9J-0XtE4aTfrWWZGVdGzcvQpaKIw9Fp0JluPtfCIshWRRANwoRbRISIAOsCeSReSg1GerqOFxvi2o4XHxDPgD85Lmo23W4xnCeqmIBx9xNN9QUO0gR9TR-DvTaX2C7UTedpK8v2Y-YspNXaTFOq0qmKbkWSHl34W87fug5Q-2eHKe-eBmp_F6_CxjZJxLjddGzARuhNSHWbM7OY_9ctt0MZ1qMmMPeQw1d1LkfDwSgM-TUBUNTNspgWFxP8vZo0Udtf0eHjUZzoOdS9HsrezPiKpMi1VaRFsD2r2xPf09UQvj3tiIFNINisUkL6-uL96gRsvUxY1xg_RMUVAUojL-feh3cRSK-Vv9McHqv0yw2vzrBDexQCGClYI2x--X9zeC2a-BRzF4HOLzXtf1erU87-kn.0yy0XPIYXk9oF3RXmtpyq6ZVGPRSQjrIKqP5kUtGrPdyDzOD_oV1eLJQPg3ZOirfxNKWJNlWGE4FNxLZpibsDw";

/** The issuer's key that signed both, as it is published (github.com/smart-on-fhir/health-cards, generate-examples/issuer/.well-known/jwks.json). */
export const EXAMPLE_KEY = {
  ...{ kty: "EC", kid: "3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11W9s", use: "sig", alg: "ES256", crv: "P-256" },
  x: "11XvRWy1I2S0EyJlyf_bWfw_TQ5CJJNLw78bHXNxcgw",
  y: "eZXwxvO1hvCY0KucrPfKo7yAyMT6Ajc3N7OkAB6VYy8",
};
