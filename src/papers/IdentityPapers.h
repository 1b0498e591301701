#pragma once
#include "base/Clock.h"
#include "device/PageHelper.h"

namespace tram::papers {

/// Whether a captured page is, or shows, a citizen's card: a code in it that is a card's or is laid out as
/// one (identity::CitizenCard), or the proportions of a card and the corners of a QR code, even of one that
/// could not be read. A card's side without a code is not recognised: people are told not to, as well.
bool showsIdentityPaper(const device::PageHelper::Page& page, base::WallTime now);

}  // namespace tram::papers
