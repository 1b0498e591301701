#include "ledger/Line.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/Bytes.h"
#include "strict/Json.h"

namespace tram::ledger {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::string_view kOpen = R"({"entry":)", kMiddle = R"(,"hash":")", kClose = R"("})";
constexpr std::size_t kHashDigits = 64, kChainDigits = 16, kLongestWord = 32, kLongestBoot = 40;
constexpr std::size_t kEnvelope = kOpen.size() + kMiddle.size() + kHashDigits + kClose.size();

bool isHexOf(std::string_view text, std::size_t digits) {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= kLongestWord &&
           std::ranges::all_of(text, [](char c) { return ('a' <= c && c <= 'z') || c == '_'; });
}

json membersValue(const Values& members) {
    auto value = json::object();
    for (const auto& [key, member] : members)
        std::visit([&, &name = key](const auto& it) { value[name] = it; }, member);
    return value;
}

std::string entryOf(const Line& line) {
    json entry{{"at", base::toRfc3339(line.at)},
               {"boot", line.boot.bootId},
               {"chain", line.chain},
               {"event", line.event},
               {"n", line.n},
               {"prev", line.prev},
               {"since_boot", line.boot.sinceBoot.count()},
               {"v", 1}};
    if (!line.desk.empty()) entry["desk"] = line.desk;
    if (!line.staff.empty()) entry["staff"] = line.staff;
    if (!line.members.empty()) entry["members"] = membersValue(line.members);
    return strict::dumpJson(entry);
}

/// The members of an entry, each taken out once; what is left over, or of another shape, is wrong.
class Entry {
  public:
    explicit Entry(const json& object) : object_(object) {}

    std::string text(const char* key, std::size_t longest, bool required) {
        const auto found = find(key, required);
        if (found == object_.end()) return "";
        const auto* value = found->get_ptr<const std::string*>();
        const bool fits = value && value->size() <= longest && !value->empty();
        wrong_ = wrong_ || !fits;
        return fits ? *value : "";
    }
    std::int64_t number(const char* key, std::int64_t least) {
        const auto found = find(key, true);
        if (found == object_.end()) return least;
        const bool fits = found->is_number_unsigned() &&
                          found->get<std::uint64_t>() <= static_cast<std::uint64_t>(kMostCount) &&
                          found->get<std::int64_t>() >= least;
        wrong_ = wrong_ || !fits;
        return fits ? found->get<std::int64_t>() : least;
    }
    const json* object(const char* key) {
        const auto found = find(key, false);
        if (found == object_.end()) return nullptr;
        wrong_ = wrong_ || !found->is_object() || found->empty();
        return found->is_object() ? &*found : nullptr;
    }
    void demand(bool fits) { wrong_ = wrong_ || !fits; }
    bool fine() const { return !wrong_ && read_ == object_.size(); }

  private:
    json::const_iterator find(const char* key, bool required) {
        const auto found = object_.find(key);
        wrong_ = wrong_ || (required && found == object_.end());
        read_ += found != object_.end();
        return found;
    }
    const json& object_;
    std::size_t read_ = 0;
    bool wrong_ = false;
};

void readMembers(const json& object, Entry& entry, Values& into) {
    entry.demand(object.size() <= Line::kMostMembers);
    for (const auto& [key, value] : object.items()) {
        const auto* text = value.get_ptr<const std::string*>();
        const bool counts = value.is_number_unsigned() &&
                            value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMostCount);
        entry.demand(isName(key) && (counts || (text && text->size() <= Line::kLongestMember)));
        if (text) into.emplace(key, *text);
        if (counts) into.emplace(key, value.get<std::int64_t>());
    }
}

bool readEntry(const json& value, Line& line) {
    if (!value.is_object()) return false;
    Entry entry(value);
    entry.demand(entry.number("v", 1) == 1);
    entry.demand(base::fromRfc3339(entry.text("at", kLongestBoot, true), line.at));
    line.boot.bootId = entry.text("boot", kLongestBoot, true);
    line.boot.sinceBoot = base::Millis(entry.number("since_boot", 0));
    line.chain = entry.text("chain", kChainDigits, true);
    line.prev = entry.text("prev", kHashDigits, true);
    line.event = entry.text("event", kLongestWord, true);
    line.desk = entry.text("desk", kLongestDesk, false);
    line.staff = entry.text("staff", kLongestStaff, false);
    line.n = entry.number("n", 1);
    if (const auto* members = entry.object("members")) readMembers(*members, entry, line.members);
    entry.demand(isChain(line.chain) && isHash(line.prev) && isName(line.event));
    entry.demand(line.staff.empty() || isStaff(line.staff));
    return entry.fine();
}

/// The entry's bytes and the hash beside them.
std::optional<std::pair<std::string_view, std::string_view>> apart(std::string_view text) {
    if (text.size() <= kEnvelope || !text.starts_with(kOpen) || !text.ends_with(kClose)) return std::nullopt;
    const auto end = text.size() - kClose.size() - kHashDigits;
    const auto hash = text.substr(end, kHashDigits);
    if (text.substr(end - kMiddle.size(), kMiddle.size()) != kMiddle || !isHash(hash)) return std::nullopt;
    return std::pair(text.substr(kOpen.size(), text.size() - kEnvelope), hash);
}

}  // namespace

bool isHash(std::string_view text) {
    return isHexOf(text, kHashDigits);
}

bool isChain(std::string_view text) {
    return isHexOf(text, kChainDigits);
}

Written write(const Line& line) {
    const auto entry = entryOf(line);
    Written written{"", crypto::sha256Hex(entry)};
    for (const std::string_view piece :
         {kOpen, std::string_view(entry), kMiddle, std::string_view(written.hash), kClose})
        written.text += piece;
    return written;
}

Result<ReadLine> readLine(std::string_view text) {
    if (text.size() > Line::kMaxBytes) return base::fail(ProblemKind::TooLarge);
    const auto pieces = apart(text);
    if (!pieces) return base::fail(ProblemKind::Malformed);
    const auto [entry, hash] = *pieces;
    const auto value = strict::parseJson(entry, Line::kMaxBytes);
    if (!value) return base::fail(ProblemKind::Malformed);
    ReadLine read{{}, std::string(hash), crypto::sha256Hex(entry) == hash};
    if (!readEntry(*value, read.line) || entryOf(read.line) != entry)
        return base::fail(ProblemKind::Malformed);
    return read;
}

bool isTorn(std::string_view rest) {
    const auto least = std::min(rest.size(), kOpen.size());
    return rest.size() <= Line::kMaxBytes &&
           (rest.find('\0') != rest.npos || rest.substr(0, least) == kOpen.substr(0, least));
}

}  // namespace tram::ledger
