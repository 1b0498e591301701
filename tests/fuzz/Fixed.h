#pragma once
#include "base/Clock.h"
#include "crypto/Keys.h"

/// Keys and ids that are the same in every run, so that what a corpus holds stays signed and sealed to them.
namespace fixed {

inline const std::string kId = "019aa4c1-1e9a-7cc3-98c4-dc0c0c07398f";
inline const std::string kKiosk = "019aa4c0-0000-7000-8000-00000000000a";
inline const std::string kPrefix = "K7M";
inline const std::string kAudience = "urn:tram:gateway:0123456789ABCDEF";
inline const std::string kTime = "2026-11-21T09:41:07.250+07:00";

inline tram::base::WallTime now() {
    tram::base::WallTime time{};
    tram::base::fromRfc3339(kTime, time);
    return time;
}
inline tram::crypto::SigningKey signing() {
    return *tram::crypto::SigningKey::fromSecret(tram::base::SecretBytes(tram::crypto::Bytes(32, 0x5A)));
}
inline tram::crypto::OpeningKey opening() {
    return *tram::crypto::OpeningKey::fromSecret(tram::base::SecretBytes(tram::crypto::Bytes(32, 0x3C)));
}

}  // namespace fixed
