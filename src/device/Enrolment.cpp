#include "device/Enrolment.h"

#include <algorithm>

#include "base/Files.h"

namespace tram::device {

using base::fail;
using base::Problem;
using base::ProblemKind;
using base::WallTime;

namespace {

constexpr auto kAnswerFile = "enrolment.json";
constexpr auto kKeyFile = "kiosk.key";

struct Validity {
    WallTime from, until;
};

std::optional<Validity> validity(const wire::SealingKeyInfo& info) {
    Validity found;
    if (!base::fromRfc3339(info.notBefore, found.from) || !base::fromRfc3339(info.notAfter, found.until))
        return std::nullopt;
    return found;
}

bool usable(const wire::SealingKeyInfo& info) {
    return validity(info) && crypto::SealingKey::parse(info.key);
}

base::Result<wire::EnrolmentAnswer> readAnswer(const std::filesystem::path& file) {
    const auto bytes = base::readFile(file, 1u << 16);
    if (!bytes && bytes.error().kind == ProblemKind::FileMissing) return fail(ProblemKind::NotEnrolled);
    if (!bytes) return tl::unexpected(bytes.error());
    auto answer = wire::EnrolmentAnswer::parse(*bytes);
    if (!answer || !std::all_of(answer->sealingKeys.begin(), answer->sealingKeys.end(), usable))
        return fail(ProblemKind::Malformed, {{"path", file.string()}});
    return answer;
}

base::Result<crypto::SigningKey> readKey(const std::filesystem::path& file) {
    auto key = crypto::SigningKey::load(file);
    if (!key && key.error().kind == ProblemKind::FileMissing)
        return fail(ProblemKind::KeyMissing, {{"path", file.string()}});
    return key;
}

}  // namespace

base::Result<Enrolment> Enrolment::load(const std::filesystem::path& dataDir) {
    auto answer = readAnswer(dataDir / kAnswerFile);
    if (!answer) return tl::unexpected(answer.error());
    auto key = readKey(dataDir / kKeyFile);
    if (!key) return tl::unexpected(key.error());
    return Enrolment{std::move(*answer), std::move(*key)};
}

base::Result<void> Enrolment::save(const std::filesystem::path& dataDir) const {
    // The key first: an answer on disk promises that its key is there too.
    if (auto saved = key.save(dataDir / kKeyFile); !saved) return saved;
    return base::writeFileAtomically(dataDir / kAnswerFile, answer.toJson());
}

base::Result<crypto::SealingKey> Enrolment::sealingKey(WallTime now) const {
    const wire::SealingKeyInfo* newest = nullptr;
    WallTime newestFrom{};
    bool early = false;
    for (const auto& info : answer.sealingKeys) {
        const auto valid = validity(info);
        if (!valid || now >= valid->until) continue;
        if (now < valid->from) {
            early = true;
        } else if (!newest || valid->from > newestFrom) {
            newest = &info;
            newestFrom = valid->from;
        }
    }
    // A clock before every key's beginning is a flat battery, not a key that has run out.
    if (!newest) return fail(early ? ProblemKind::ClockWrong : ProblemKind::Expired);
    auto key = crypto::SealingKey::parse(newest->key);
    if (!key) return fail(ProblemKind::Malformed);
    return *key;
}

base::SecretBytes Enrolment::codeHashKey() const {
    // An Ed25519 signature is the same every time and known only to the key's holder; this text is never
    // signed for anybody (what we sign begins with "DSSEv1" or is a JWT).
    const base::SecretBytes seed(
        key.sign(crypto::view("tram: seed of the tracking-code hash key, version 1")));
    const auto hex = crypto::keyedHashHex(seed.reveal(), crypto::view("tracking code"));
    return base::SecretBytes(crypto::fromHex(hex).value());
}

}  // namespace tram::device
