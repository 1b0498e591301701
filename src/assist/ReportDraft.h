#pragma once
#include <string_view>

#include "assist/AssistedDrafts.h"
#include "feedback/Draft.h"

namespace tram::assist {

/// A report in writing as AssistedDrafts keeps it; its consent is left out: that is asked for anew.
base::SecretText toText(const feedback::Draft& draft);
/// Strict, although only its owner can have sealed it: a version behind or ahead may have. Malformed,
/// TooLarge.
base::Result<feedback::Draft> draftFrom(std::string_view text);

}  // namespace tram::assist
