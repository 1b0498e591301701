#include "catalogue/Value.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>

#include "base/VietnameseText.h"
#include "catalogue/Hours.h"
#include "form/Form.h"
#include "form/Guide.h"
#include "strict/Json.h"
#include "wire/Link.h"

namespace tram::catalogue {

namespace {

using nlohmann::json;
using Read = std::optional<json>;

constexpr std::size_t kMaxLine = 300, kMaxProse = 8'000, kMaxItems = 200, kMaxDigits = 15;

bool isText(std::string_view text, std::size_t most, bool lines) {
    return !text.empty() && base::isUtf8(text) && base::characters(text) <= most &&
           base::clean(text, lines) == text;
}

Read readText(const Field&, std::string_view cell) {
    if (!isText(cell, kMaxLine, false)) return {};
    return json(cell);
}

Read readProse(const Field&, std::string_view cell) {
    if (!isText(cell, kMaxProse, true)) return {};
    return json(cell);
}

Read readList(const Field&, std::string_view cell) {
    json items = json::array();
    for (;;) {
        const auto end = cell.find('\n');
        const auto item = cell.substr(0, end);
        if (!isText(item, kMaxLine, false) || items.size() == kMaxItems) return {};
        items.push_back(item);
        if (end == cell.npos) return items;
        cell.remove_prefix(end + 1);
    }
}

Read readChoice(const Field& field, std::string_view cell) {
    if (!field.choice(cell)) return {};
    return json(cell);
}

/// No sign, no leading zero but 0 itself, so that there is one way to write it.
Read readNumber(const Field&, std::string_view cell) {
    const bool digits = std::ranges::all_of(cell, [](char c) { return '0' <= c && c <= '9'; });
    if (cell.empty() || cell.size() > kMaxDigits || !digits || (cell.size() > 1 && cell.front() == '0'))
        return {};
    return json(std::stoll(std::string(cell)));
}

Read readDate(const Field&, std::string_view cell) {
    static const std::regex kShape("(\\d{4})-(\\d{2})-(\\d{2})");
    std::match_results<std::string_view::const_iterator> part;
    if (!std::regex_match(cell.begin(), cell.end(), part, kShape)) return {};
    const auto number = [&](std::size_t at) { return std::stoi(part[at].str()); };
    const std::chrono::year_month_day date{std::chrono::year(number(1)),
                                           std::chrono::month(static_cast<unsigned>(number(2))),
                                           std::chrono::day(static_cast<unsigned>(number(3)))};
    if (!date.ok() || number(1) < 1900) return {};
    return json(cell);
}

Read readHours(const Field&, std::string_view cell) {
    if (!Hours::parse(cell)) return {};
    return json(cell);
}

Read readPhone(const Field&, std::string_view cell) {
    const auto digits = std::ranges::count_if(cell, [](char c) { return '0' <= c && c <= '9'; });
    const auto rest = cell.substr(cell.starts_with('+') ? 1 : 0);
    if (digits < 3 || digits > static_cast<std::ptrdiff_t>(kMaxDigits) || cell.size() > 24 ||
        rest.find_first_not_of("0123456789 .") != rest.npos || base::clean(cell) != cell)
        return {};
    return json(cell);
}

Read readLink(const Field& field, std::string_view cell) {
    if (!wire::isHttpsLink(cell)) return {};
    if (!field.hosts.empty() && !wire::isOnList(cell, field.hosts)) return {};
    return json(cell);
}

/// What is wrong in it, publish/SurveySource and GuideSource tell exactly.
template <class Document>
Read readDocument(const Field&, std::string_view cell) {
    const auto parsed = strict::parseJson(cell, Document::kMaxBytes);
    std::vector<form::Fault> faults;
    if (!parsed || !Document::read(*parsed, "", faults)) return {};
    return json(strict::dumpJson(*parsed));
}

struct Type {
    Read (*read)(const Field&, std::string_view);
    const char* expected;
};
/// By FieldType.
constexpr std::array<Type, 12> kReaders = {{{readText, "text"},
                                            {readProse, "prose"},
                                            {readList, "list"},
                                            {readChoice, "choice"},
                                            {readNumber, "number"},
                                            {readNumber, "money"},
                                            {readDate, "date"},
                                            {readHours, "hours"},
                                            {readPhone, "phone"},
                                            {readLink, "link"},
                                            {readDocument<form::Form>, "form"},
                                            {readDocument<form::Guide>, "guide"}}};

/// As a source would write it.
std::optional<std::string> cellOf(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_unsigned() || value.is_number_integer()) return value.dump();
    if (!value.is_array() || value.empty()) return {};
    std::string cell;
    for (const auto& item : value) {
        if (!item.is_string()) return {};
        cell += (cell.empty() ? "" : "\n") + item.get<std::string>();
    }
    return cell;
}

}  // namespace

base::Result<json> readValue(const Field& field, std::string_view cell) {
    const auto& type = kReaders[static_cast<std::size_t>(field.type)];
    if (auto value = type.read(field, cell)) return std::move(*value);
    const bool elsewhere = field.type == FieldType::Link && wire::isHttpsLink(cell);
    return base::fail(base::ProblemKind::Malformed, {{"expected", elsewhere ? "link_host" : type.expected}});
}

bool isValue(const Field& field, const json& value) {
    const auto cell = cellOf(value);
    const auto read = cell ? readValue(field, *cell) : base::fail(base::ProblemKind::Malformed);
    return read && *read == value;
}

}  // namespace tram::catalogue
