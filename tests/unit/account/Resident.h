#pragma once
#include <memory>

#include "identity/ResidentSession.h"
#include "tests/support/FakeClock.h"

namespace tram::test {

inline std::shared_ptr<identity::ResidentSession> residentFor(const base::Clock& clock, char who = 'A') {
    auto resident = std::make_shared<identity::ResidentSession>();
    resident->accessToken = base::SecretText("a-token");
    resident->subject = base::SecretText(std::string(42, who) + "A");
    resident->name = base::SecretText("Nguyễn Thị Lan");
    resident->tokenEnds = clock.boot();
    resident->tokenEnds.sinceBoot += std::chrono::minutes(15);
    return resident;
}

}  // namespace tram::test
