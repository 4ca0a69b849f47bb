#pragma once

#include "constant_contact/settings.hpp"
#include "delivery/row_encoder.hpp"

namespace constant_contact {

/// Both forms, `usual` for new batches.
delivery::RowEncoders encoders(ImportForm usual);

}  // namespace constant_contact
