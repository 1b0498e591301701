#include "device/Enrolment.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "crypto/KeyFile.h"

namespace tram::device {

namespace fs = std::filesystem;
using base::fail;
using base::Problem;
using base::ProblemKind;
using base::Result;
using base::WallTime;
using nlohmann::json;

namespace {

constexpr auto kAnswerFile = "enrolment.json";
constexpr auto kKeyFile = "kiosk.key";
constexpr auto kNextKeyFile = "kiosk.key.next";
constexpr auto kCodesFile = "codes.key";
constexpr std::size_t kCodesBytes = 32;

/// enrolment.json: what the gateway answered, and the public half of the key it answered to.
struct Record {
    wire::EnrolmentAnswer answer;
    std::string kioskKey;  ///< "" in files from before it stood there
};

std::optional<Record> parseRecord(const std::string& text) {
    auto document = json::parse(text, nullptr, false);
    Record record;
    if (document.is_object() && document.contains("kiosk_key")) {
        if (!document["kiosk_key"].is_string()) return std::nullopt;
        record.kioskKey = document["kiosk_key"].get<std::string>();
        document.erase("kiosk_key");
    }
    auto answer = wire::EnrolmentAnswer::parse(document.is_discarded() ? text : document.dump());
    const auto usable = [](const wire::SealingKeyInfo& info) {
        return chooseSealingKey({info}, WallTime{}).has_value();
    };
    if (!answer || !std::ranges::all_of(answer->sealingKeys, usable)) return std::nullopt;
    record.answer = std::move(*answer);
    return record;
}

Result<Record> readRecord(const fs::path& file) {
    const auto bytes = base::readFile(file, 1u << 16);
    if (!bytes && bytes.error().kind == ProblemKind::FileMissing) return fail(ProblemKind::NotEnrolled);
    if (!bytes) return tl::unexpected(bytes.error());
    auto record = parseRecord(*bytes);
    if (!record) return fail(ProblemKind::Malformed, {{"path", file.string()}});
    return std::move(*record);
}

std::string recordOf(const Enrolment& enrolment) {
    auto document = json::parse(enrolment.answer.toJson());
    document["kiosk_key"] = enrolment.key.verifyKey().text();
    return document.dump();
}

/// A key saved for this enrolment whose file had not got its name yet when the power went.
std::optional<crypto::SigningKey> unnamedKey(const fs::path& dataDir, const std::string& kioskKey) {
    auto key = crypto::SigningKey::load(dataDir / kNextKeyFile);
    if (!key || key->verifyKey().text() != kioskKey) return std::nullopt;
    return std::move(*key);
}

Result<crypto::SigningKey> readKey(const fs::path& dataDir, const std::string& kioskKey) {
    auto key = crypto::SigningKey::load(dataDir / kKeyFile);
    if (kioskKey.empty() || (key && key->verifyKey().text() == kioskKey)) return key;
    if (auto unnamed = unnamedKey(dataDir, kioskKey)) return std::move(*unnamed);
    if (!key) return key;
    return fail(ProblemKind::UnknownKey, {{"path", (dataDir / kKeyFile).string()}});
}

void readTold(const fs::path& dataDir, Enrolment& enrolment) {
    const auto gatewayKey = crypto::VerifyKey::parse(enrolment.answer.gatewayKey);
    auto told = ToldSealingKeys(dataDir, *gatewayKey).read();
    if (told) enrolment.told = std::move(*told);
    if (!told && told.error().kind != ProblemKind::FileMissing) enrolment.notTold = told.error();
}

/// Missing in a store that has seen one enrolment only.
Result<void> readCodes(const fs::path& dataDir, Enrolment& enrolment) {
    auto codes = crypto::loadKeyFile(dataDir / kCodesFile, kCodesBytes);
    if (codes) enrolment.codes = std::move(*codes);
    if (codes || codes.error().kind == ProblemKind::KeyMissing) return {};
    return tl::unexpected(codes.error());
}

Result<void> giveKeyItsName(const fs::path& dataDir) {
    if (std::rename((dataDir / kNextKeyFile).c_str(), (dataDir / kKeyFile).c_str()) != 0)
        return tl::unexpected(base::fileProblem(errno, dataDir / kKeyFile));
    const int dir = ::open(dataDir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = dir >= 0 && ::fsync(dir) == 0;
    const int error = errno;
    if (dir >= 0) ::close(dir);
    return synced ? Result<void>() : tl::unexpected(base::fileProblem(error, dataDir));
}

}  // namespace

Result<Enrolment> Enrolment::load(const fs::path& dataDir) {
    auto record = readRecord(dataDir / kAnswerFile);
    if (!record) return tl::unexpected(record.error());
    auto key = readKey(dataDir, record->kioskKey);
    if (!key) return tl::unexpected(key.error());
    Enrolment enrolment{std::move(record->answer), std::move(*key)};
    if (auto codes = readCodes(dataDir, enrolment); !codes) return tl::unexpected(codes.error());
    readTold(dataDir, enrolment);
    return enrolment;
}

Result<void> Enrolment::save(const fs::path& dataDir) const {
    if (codes)
        if (auto saved = crypto::saveKeyFile(dataDir / kCodesFile, *codes); !saved) return saved;
    // The key first: an answer on disk promises that its key is there too.
    if (auto saved = key.save(dataDir / kNextKeyFile); !saved) return saved;
    if (auto saved = base::writeFileAtomically(dataDir / kAnswerFile, recordOf(*this)); !saved) return saved;
    return giveKeyItsName(dataDir);
}

const std::vector<wire::SealingKeyInfo>& Enrolment::sealingKeys() const {
    return told ? told->keys : answer.sealingKeys;
}

Result<SealingChoice> Enrolment::sealing(WallTime now) const {
    WallTime signedTime{};
    if (told && base::fromRfc3339(told->issuedAt, signedTime)) now = std::max(now, signedTime);
    return chooseSealingKey(sealingKeys(), now);
}

Result<crypto::SealingKey> Enrolment::sealingKey(WallTime now) const {
    return sealing(now).map([](SealingChoice choice) { return std::move(choice.key); });
}

base::SecretBytes Enrolment::codeHashKey() const {
    if (codes) return codes->copy();
    // An Ed25519 signature is the same every time and known only to the key's holder; this text is never
    // signed for anybody (what we sign begins with "DSSEv1" or is a JWT).
    const base::SecretBytes seed(
        key.sign(crypto::view("tram: seed of the tracking-code hash key, version 1")));
    const auto hex = crypto::keyedHashHex(seed.reveal(), crypto::view("tracking code"));
    return base::SecretBytes(crypto::fromHex(hex).value());
}

Result<wire::EnrolmentAnswer> readEnrolmentAnswer(const fs::path& dataDir) {
    return readRecord(dataDir / kAnswerFile).map([](Record record) { return std::move(record.answer); });
}

std::string enrolmentStamp(const fs::path& dataDir) {
    std::string stamp;
    for (const char* name : {kAnswerFile, "sealing-keys.json"}) {
        struct stat info{};
        const bool there = ::stat((dataDir / name).c_str(), &info) == 0;
        stamp += there ? std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
                             std::to_string(info.st_mtim.tv_nsec) + "\n"
                       : "none\n";
    }
    return stamp;
}

Result<crypto::SigningKey> nextKioskKey(const fs::path& dataDir) {
    const auto file = dataDir / kNextKeyFile;
    auto key = crypto::SigningKey::load(file);
    if (key || key.error().kind == ProblemKind::KeyExposed) return key;
    // Missing, or half a file that nobody has used: nothing hangs on it.
    auto fresh = crypto::SigningKey::generate();
    if (auto saved = fresh.save(file); !saved) return tl::unexpected(saved.error());
    return fresh;
}

}  // namespace tram::device
