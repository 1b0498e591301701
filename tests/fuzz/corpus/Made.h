#pragma once
#include "../Fixed.h"
#include "tests/unit/wire/Samples.h"
#include "tests/unit/wire/StaffSample.h"
#include "wire/SealingStatement.h"

namespace tram::seeds {

inline wire::EnrolmentAnswer enrolment() {
    const auto key = fixed::signing().verifyKey().text();
    auto answer = test::enrolmentAnswer();
    answer.gatewayKey = answer.contentKey = key;
    answer.sealingKeys = {
        {fixed::opening().sealingKey().text(), "2026-01-01T00:00:00+07:00", "2028-01-01T00:00:00+07:00"}};
    return answer;
}

inline wire::EnrolmentRequest enrolmentRequest() {
    return {.secret = "0123456789ABCDEF", .kioskKey = fixed::signing().verifyKey().text()};
}

/// A body without attachments: nobody has sent any.
inline wire::ActionBody action() {
    auto body = test::action();
    body.attachments.clear();
    return body;
}

inline std::string envelope() {
    return wire::Envelope::make(test::id(), fixed::kKiosk, action().toJson().reveal(),
                                fixed::opening().sealingKey(), fixed::signing());
}

inline wire::SealingStatement statement() {
    wire::SealingStatement made;
    made.version = 2;
    made.issuedAt = fixed::kTime;
    made.keys = enrolment().sealingKeys;
    return made;
}

}  // namespace tram::seeds
