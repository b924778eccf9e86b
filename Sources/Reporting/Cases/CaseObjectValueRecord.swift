/// One value of one object, as an export has it.
struct CaseObjectValueRecord: Encodable {
  let object: CaseObjectRecord
  let value: CaseValueRecord
}
