#pragma once
#include <string>

#include "base/Result.h"
#include "gateway/inbox/Opener.h"
#include "gateway/rating/Ratings.h"

namespace tram::gateway {

/// All ratings, a line each, and no code or token in any. With `opener`, what was written too, out of its
/// sealed copy: "" when that is gone.
base::Result<std::string> ratingsCsv(Ratings& ratings, SharedDatabase& city, const Opener* opener);

}  // namespace tram::gateway
