#include "outbox/Salvage.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "outbox/AttachmentFiles.h"
#include "store/Records.h"
#include "wire/Envelope.h"

namespace tram::outbox {

using base::Result;
using store::Record;
using store::Value;

namespace {

constexpr std::size_t kItemColumns = 13, kAttachmentColumns = 4;
constexpr std::int64_t kMostAttachments = 100;

template <class T>
const T* get(const Record& record, std::size_t column) {
    return std::get_if<T>(&record.values[column]);
}

std::string textAt(const Record& record, std::size_t column) {
    const auto* text = get<std::string>(record, column);
    return text ? *text : "";
}

std::int64_t numberAt(const Record& record, std::size_t column) {
    const auto* number = get<std::int64_t>(record, column);
    return number ? *number : 0;
}

/// Waiting and Accepted as they were; what is unclear goes to the gateway again, which knows its ids.
ItemState stateAt(const Record& record) {
    const auto told = numberAt(record, 6);
    const bool accepted = told == static_cast<int>(ItemState::Accepted) && get<std::int64_t>(record, 11);
    if (accepted) return ItemState::Accepted;
    return told == static_cast<int>(ItemState::NeedsAttention) ? ItemState::NeedsAttention
                                                               : ItemState::Waiting;
}

/// The columns of items in ItemRows.cpp; `sequence` is the rowid and reads as nothing. The last, `number`, is
/// not there in rows of the first version, nor needed: what is repaired is offered again.
std::optional<Item> asItem(const Record& record) {
    if (!record.ofTable || record.values.size() + 1 < kItemColumns || record.values.size() > kItemColumns)
        return std::nullopt;
    const auto id = base::Uuid::parse(textAt(record, 1));
    const auto* envelope = get<store::Blob>(record, 3);
    if (!id || !envelope || record.rowid <= 0) return std::nullopt;
    Item item{.id = *id};
    item.sequence = record.rowid;
    item.kind = textAt(record, 2);
    item.envelope = envelope->bytes;
    item.codeHash = textAt(record, 4);
    item.keptAt = base::WallTime(base::Millis(numberAt(record, 5)));
    item.state = stateAt(record);
    item.tries = static_cast<int>(std::clamp<std::int64_t>(numberAt(record, 7), 0, 1000));
    item.problem = textAt(record, 10);
    if (item.state == ItemState::Accepted)
        item.acceptedAt = base::WallTime(base::Millis(numberAt(record, 11)));
    return item;
}

struct Named {
    std::int64_t item, place;
    StoredAttachment attachment;
};

std::optional<Named> asAttachment(const Record& record) {
    if (record.ofTable || record.values.size() != kAttachmentColumns) return std::nullopt;
    const auto place = numberAt(record, 1), size = numberAt(record, 3);
    const auto sha256 = textAt(record, 2);
    if (!isSha256(sha256) || place < 0 || place >= kMostAttachments || size <= 0) return std::nullopt;
    return Named{numberAt(record, 0), place, {sha256, static_cast<std::size_t>(size)}};
}

class Collection {
  public:
    void take(const Record& record) {
        if (auto item = asItem(record)) return take(*std::move(item));
        if (auto named = asAttachment(record)) named_[named->item][named->place] = named->attachment;
    }

    Salvage result() && {
        Salvage found;
        for (auto& [id, item] : items_) {
            for (auto& [place, attachment] : named_[item.sequence]) item.attachments.push_back(attachment);
            found.items.push_back(std::move(item));
            broken_.erase(id);
        }
        std::ranges::sort(found.items, {}, &Item::sequence);
        found.broken = broken_.size();
        return found;
    }

  private:
    /// Of copies in several states, which pages that were long free may hold, the one furthest along.
    void take(Item item) {
        const auto envelope = wire::Envelope::parse(item.envelope);
        if (!envelope || envelope->id != item.id) return broken_.insert(item.id), void();
        const auto [known, isNew] = items_.try_emplace(item.id, item);
        if (!isNew && known->second.state < item.state) known->second = std::move(item);
    }

    std::map<base::Uuid, Item> items_;
    std::set<base::Uuid> broken_;
    std::map<std::int64_t, std::map<std::int64_t, StoredAttachment>> named_;
};

}  // namespace

Result<Salvage> salvage(const std::filesystem::path& database) {
    Collection collection;
    auto scanned = store::scanRecords(database, [&](const Record& record) { collection.take(record); });
    if (!scanned) return tl::unexpected(scanned.error());
    return std::move(collection).result();
}

}  // namespace tram::outbox
