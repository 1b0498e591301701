#include "wire/WardReport.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {

namespace {

using base::Result;
using nlohmann::json;

constexpr std::int64_t kVersion = 1, kFarVersion = 1'000'000'000;
constexpr std::array<std::string_view, 4> kBys = {"day", "unit", "errand", "outcome"};
constexpr std::array<std::string_view, 6> kErrands = {"report", "turn", "appointment",
                                                      "guide",  "away", "rating"};

bool isWard(std::string_view text) {
    return text.size() == 5 && std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}
bool isBy(std::string_view text) {
    return wardReportBy(text).has_value();
}

void readRows(Members& members, WardReport& report) {
    for (const json& one : members.array("rows", 0, WardReport::kMostRows)) {
        Members row(one);
        WardReport::Row read;
        read.key = row.text("key", WardReport::kMaxKey);
        read.errand = row.text("errand", 32, isErrand);
        read.count = row.integer("count", 0, WardReport::kMost);
        members.adopt(row.finishLeniently());
        report.rows.push_back(std::move(read));
    }
}

}  // namespace

std::string_view name(WardReport::By by) {
    return kBys.at(static_cast<std::size_t>(by));
}

std::optional<WardReport::By> wardReportBy(std::string_view name) {
    const auto* found = std::ranges::find(kBys, name);
    if (found == kBys.end()) return std::nullopt;
    return static_cast<WardReport::By>(found - kBys.begin());
}

bool isErrand(std::string_view name) {
    return std::ranges::find(kErrands, name) != kErrands.end();
}

std::string WardReport::toJson() const {
    json list = json::array();
    for (const auto& row : rows)
        list.push_back({{"key", row.key}, {"errand", row.errand}, {"count", row.count}});
    return dumpJson(json{{"v", kVersion},
                         {"ward", ward},
                         {"from", from},
                         {"to", to},
                         {"by", name(by)},
                         {"as_of", asOf},
                         {"rows", std::move(list)}});
}

Result<WardReport> WardReport::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    const auto version = members.integer("v", 1, kFarVersion);
    if (version > kVersion)
        return base::fail(base::ProblemKind::StoreTooNew,
                          {{"key", "v"}, {"expected", std::to_string(kVersion)}});
    WardReport report;
    report.ward = members.text("ward", 5, isWard);
    report.from = members.text("from", 10, isDate);
    report.to = members.text("to", 10, isDate);
    if (report.to < report.from) members.refuse("to");
    report.by = wardReportBy(members.text("by", 16, isBy)).value_or(By::Errand);
    report.asOf = members.text("as_of", 40, isRfc3339);
    readRows(members, report);
    return members.finishLeniently().map([&] { return std::move(report); });
}

}  // namespace tram::wire
