#pragma once
#include <tl/expected.hpp>

#include "gateway/identity/Kiosks.h"
#include "wire/Envelope.h"

namespace tram::gateway {

/// Whose envelope it is that came over this line: the kiosk's own, or one it kept under a former enrolment.
/// Else the machine word it is refused with: "kiosk" (a stranger's), "signature", "stolen" (a stolen kiosk's:
/// for good, unless it was released and kept this before the theft).
tl::expected<Kiosk, const char*> signerOf(Kiosks& kiosks, const Kiosk& line, const wire::Envelope& envelope);

}  // namespace tram::gateway
