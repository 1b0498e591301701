#include "tool/QueueTable.h"

#include <algorithm>
#include <array>
#include <iostream>

#include "base/VietnameseText.h"

namespace tram::tool {

using outbox::Item;

namespace {

constexpr std::array kColumns{"id", "kind", "age", "size", "tries", "state", "reason"};
using Row = std::array<std::string, kColumns.size()>;

std::string ageOf(const Tool& tool, const Item& item, base::WallTime now) {
    auto seconds =
        std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(now - item.keptAt).count());
    const auto in = [&](const char* unit, std::int64_t count) {
        return tool.say(std::string("tool.age.") + unit, {{"count", std::to_string(count)}});
    };
    // Of its time only the hour is known, and that is told: it may be as much younger.
    if (item.coarse() && seconds < 172800) return in("hours_at_most", seconds / 3600 + 1);
    if (item.coarse()) seconds -= 3600;
    if (seconds < 120) return in("seconds", seconds);
    if (seconds < 7200) return in("minutes", seconds / 60);
    if (seconds < 172800) return in("hours", seconds / 3600);
    return in("days", seconds / 86400);
}

std::string sizeOf(const Item& item) {
    return item.bytes < 1024 ? std::to_string(item.bytes) + " B" : std::to_string(item.bytes / 1024) + " KiB";
}

/// A reason is a problem's name or what the gateway said; one without words is shown as it is.
std::string reasonOf(const Tool& tool, const Item& item) {
    if (item.problem.empty()) return "";
    const std::string key = "tool.reason." + item.problem;
    return tool.words.has(key) ? tool.say(key) : item.problem;
}

Row rowOf(const Tool& tool, const Item& item, base::WallTime now) {
    return {item.id.text(),
            item.kind,
            ageOf(tool, item, now),
            sizeOf(item),
            std::to_string(item.attempts),
            tool.say("tool.queue.state." + std::string(name(item.state))),
            reasonOf(tool, item)};
}

Row headOf(const Tool& tool) {
    Row head;
    for (std::size_t i = 0; i < head.size(); ++i)
        head[i] = tool.say(std::string("tool.queue.column.") + kColumns[i]);
    return head;
}

void printRow(const Row& row, const std::array<std::size_t, kColumns.size()>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        line += row[i];
        if (i + 1 < row.size()) line += std::string(widths[i] - base::characters(row[i]) + 2, ' ');
    }
    std::cout << line << '\n';
}

}  // namespace

void printTable(const Tool& tool, const std::vector<Item>& items, base::WallTime now) {
    std::vector<Row> rows{headOf(tool)};
    for (const Item& item : items) rows.push_back(rowOf(tool, item, now));
    std::array<std::size_t, kColumns.size()> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], base::characters(row[i]));
    }
    for (const Row& row : rows) printRow(row, widths);
}

void printItem(const Tool& tool, const Item& item, base::WallTime now) {
    const Row head = headOf(tool), row = rowOf(tool, item, now);
    for (std::size_t i = 0; i < row.size(); ++i) std::cout << head[i] << ": " << row[i] << '\n';
    std::cout << tool.say("tool.queue.kept_at") << ": " << base::toRfc3339(item.keptAt) << '\n';
    if (item.acceptedAt) {
        std::cout << tool.say("tool.queue.accepted_at") << ": " << base::toRfc3339(*item.acceptedAt) << '\n';
    }
    for (const outbox::StoredAttachment& attachment : item.attachments) {
        std::cout << tool.say("tool.queue.attachment") << ": " << attachment.sha256.substr(0, 12) << "… "
                  << attachment.size << " B\n";
    }
}

}  // namespace tram::tool
