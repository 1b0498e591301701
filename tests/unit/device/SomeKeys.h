#pragma once
#include <catch2/catch.hpp>

#include "base/Clock.h"
#include "crypto/Keys.h"
#include "wire/Enrolment.h"

namespace tram::test {

inline base::WallTime at(const char* rfc3339) {
    base::WallTime time;
    REQUIRE(base::fromRfc3339(rfc3339, time));
    return time;
}

inline wire::SealingKeyInfo sealing(const char* from, const char* until) {
    return {crypto::OpeningKey::generate().sealingKey().text(), from, until};
}

}  // namespace tram::test
