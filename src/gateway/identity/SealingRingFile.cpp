// How a SealingRing lies on the disk.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "gateway/identity/SealingRing.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;
using base::WallTime;
using nlohmann::json;

constexpr auto kList = "sealing.json";

tl::unexpected<base::Problem> malformed(const fs::path& dir) {
    return base::fail(ProblemKind::Malformed, {{"path", (dir / kList).string()}});
}

/// Absent is none; anything else than a time is a damaged list.
bool readTime(const json& entry, const char* key, std::optional<WallTime>& into) {
    if (!entry.contains(key)) return true;
    WallTime time;
    if (!entry[key].is_string() || !base::fromRfc3339(entry[key].get<std::string>(), time)) return false;
    into = time;
    return true;
}

bool isId(const std::string& id) {
    return id.size() == 16 && id.find_first_not_of("0123456789abcdef") == id.npos;
}

std::optional<SealingRing::Entry> readEntry(const json& value) {
    if (!value.is_object() || !value.contains("id") || !value["id"].is_string()) return std::nullopt;
    SealingRing::Entry entry{value["id"].get<std::string>(), nullptr, {}, {}};
    std::optional<WallTime> from, until;
    const bool fine = isId(entry.id) && readTime(value, "not_before", from) && from &&
                      readTime(value, "not_after", until) && until &&
                      readTime(value, "retired_at", entry.retiredAt) &&
                      readTime(value, "escrowed_at", entry.escrowedAt);
    if (!fine) return std::nullopt;
    entry.notBefore = *from;
    entry.notAfter = *until;
    return entry;
}

/// Before there were statements the file was the list alone.
bool readRing(const json& document, SealingRing& ring) {
    const json& list = document.is_object() ? document.value("keys", json()) : document;
    if (!list.is_array()) return false;
    for (const auto& value : list) {
        auto entry = readEntry(value);
        if (!entry) return false;
        ring.entries.push_back(std::move(*entry));
    }
    if (!document.is_object()) return true;
    std::optional<WallTime> issuedAt;
    const json version = document.value("version", json()), issued = document.value("issued", json());
    if (!version.is_number_integer() || !issued.is_array() || !readTime(document, "issued_at", issuedAt))
        return false;
    ring.version = version.get<std::int64_t>();
    ring.issuedAt = issuedAt.value_or(WallTime{});
    for (const auto& id : issued) ring.issued.push_back(id.is_string() ? id.get<std::string>() : "");
    return true;
}

/// "sealing-0123456789abcdef.key" → its id; "" for another file.
std::string idIn(const fs::path& file) {
    const std::string name = file.filename().string();
    const std::string id = name.size() == 28 ? name.substr(8, 16) : "";
    return isId(id) && name == "sealing-" + id + ".key" ? id : "";
}

/// Key files that no list knows: a power cut between the two writes, or a lost sealing.json.
void adoptStrays(const fs::path& dir, SealingRing& ring) {
    std::error_code error;
    std::vector<SealingRing::Entry> strays;
    for (const auto& file : fs::directory_iterator(dir, error)) {
        const auto id = idIn(file.path());
        if (!id.empty() && !ring.find(id)) strays.push_back({id, nullptr, {}, {}});
    }
    ring.entries.insert(ring.entries.begin(), std::make_move_iterator(strays.begin()),
                        std::make_move_iterator(strays.end()));
}

/// A key under another one's name opens nothing of it: as good as damaged.
Result<void> loadKey(const fs::path& dir, SealingRing::Entry& entry) {
    auto key = crypto::OpeningKey::load(sealingFile(dir, entry.id));
    if (!key && key.error().kind != ProblemKind::KeyMissing && key.error().kind != ProblemKind::Malformed)
        return tl::unexpected(key.error());
    if (key && key->sealingKey().id() == entry.id)
        entry.key = std::make_shared<crypto::OpeningKey>(std::move(*key));
    return {};
}

json toJson(const SealingRing::Entry& entry) {
    json value = {{"id", entry.id},
                  {"not_before", base::toRfc3339(entry.notBefore)},
                  {"not_after", base::toRfc3339(entry.notAfter)}};
    if (entry.retiredAt) value["retired_at"] = base::toRfc3339(*entry.retiredAt);
    if (entry.escrowedAt) value["escrowed_at"] = base::toRfc3339(*entry.escrowedAt);
    return value;
}

}  // namespace

Result<SealingRing> SealingRing::load(const fs::path& dir) {
    SealingRing ring;
    const auto text = base::readFile(dir / kList, 1u << 20);
    if (!text && text.error().kind != ProblemKind::FileMissing) return tl::unexpected(text.error());
    if (text && !readRing(json::parse(*text, nullptr, false), ring)) return malformed(dir);
    adoptStrays(dir, ring);
    for (auto& entry : ring.entries)
        if (auto loaded = loadKey(dir, entry); !loaded) return tl::unexpected(loaded.error());
    return ring;
}

Result<void> SealingRing::save(const fs::path& dir) const {
    auto list = json::array();
    for (const auto& entry : entries) list.push_back(toJson(entry));
    const json document = {
        {"keys", list}, {"version", version}, {"issued_at", base::toRfc3339(issuedAt)}, {"issued", issued}};
    return base::writeFileAtomically(dir / kList, document.dump(2) + "\n", 0600);
}

}  // namespace tram::gateway
