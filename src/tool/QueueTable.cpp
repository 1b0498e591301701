#include "tool/QueueTable.h"

#include <algorithm>
#include <array>
#include <iostream>

#include "base/VietnameseText.h"
#include "outbox/ItemAge.h"

namespace tram::tool {

using outbox::Item;

namespace {

constexpr std::array kColumns{"id", "kind", "age", "size", "tries", "state", "reason"};
using Row = std::array<std::string, kColumns.size()>;

std::string ageWords(const Tool& tool, const Item& item, base::WallTime now) {
    const auto age = outbox::ageOf(item, now);
    return tool.say("tool.age." + std::string(name(age.unit)), {{"count", std::to_string(age.count)}});
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
            ageWords(tool, item, now),
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
