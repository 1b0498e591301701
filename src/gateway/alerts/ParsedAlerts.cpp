#include "gateway/alerts/ParsedAlerts.h"

namespace tram::gateway {

using base::ProblemKind;

base::Result<std::vector<AlertStore::Message>> ParsedAlerts::all() {
    const auto rows = store_.rows();
    if (!rows) return tl::unexpected(rows.error());
    std::map<std::string, std::shared_ptr<const cap::Alert>> now;
    std::vector<AlertStore::Message> messages;
    for (const auto& row : *rows) {
        auto known = parsed_.extract(row.id);
        if (known.empty()) {
            const auto read = store_.message(row);
            if (!read && read.error().kind == ProblemKind::NotFound) continue;  // gone meanwhile
            const bool damaged = !read && read.error().kind == ProblemKind::Malformed;
            if (!read && !damaged) return tl::unexpected(read.error());
            now[row.id] = damaged ? nullptr : read->alert;
        } else {
            now.insert(std::move(known));
        }
        if (const auto& alert = now[row.id]) messages.push_back({row, alert});
    }
    parsed_ = std::move(now);
    return messages;
}

}  // namespace tram::gateway
