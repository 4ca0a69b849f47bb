#include "constant_contact/encoders.hpp"

#include "constant_contact/csv_encoder.hpp"
#include "constant_contact/json_encoder.hpp"

namespace constant_contact {

delivery::RowEncoders encoders(ImportForm usual) {
  static const CsvEncoder csv;
  static const JsonEncoder json;
  return usual == ImportForm::csv ? delivery::RowEncoders{csv, {&json}} : delivery::RowEncoders{json, {&csv}};
}

}  // namespace constant_contact
