#pragma once
#include <string>
#include <string_view>

namespace tram::wire {

/// How a gateway shows who it is: GET /healthz?challenge=… answers with "proof", its identity key's signature
/// over this text. The challenge is the asker's own, so that nobody can keep a proof for later; the epoch is
/// in it because a changed one makes kiosks offer everything again. Begins like no DSSE encoding, which the
/// same key signs.
inline std::string gatewayProofText(std::string_view challenge, std::string_view epoch) {
    return "tram gateway proof 1\n" + std::string(challenge) + "\n" + std::string(epoch);
}

/// base64url of 16 random bytes.
inline constexpr std::size_t kChallengeChars = 22;

}  // namespace tram::wire
