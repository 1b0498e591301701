#pragma once
#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/identity/Kiosks.h"

namespace tram::gateway {

/// A kiosk that was enrolled after the backup which was put back: the store does not know it, while it keeps
/// what it has for us. Its operator reads its place from its disk (`tram enrol --show`), ours writes it in
/// again, under the same id, key and prefix, so that what it has signed is good and its receipts hold.
/// OutOfRange with facts key and expected; Conflict when the id or the prefix is somebody's.
base::Result<void> readmit(SharedDatabase& db, const Kiosk& kiosk, base::WallTime now);

}  // namespace tram::gateway
