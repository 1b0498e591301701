#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Secret.h"
#include "base/TrackingCode.h"
#include "crypto/Keys.h"
#include "outbox/OutboxStore.h"
#include "wire/Action.h"

namespace tram::outbox {

/// What a flow hands in: plain, in memory, gone once kept.
struct NewAction {
    std::string kind;
    std::string createdAt;  ///< RFC 3339
    base::SecretText fieldsJson;
    struct Attachment {
        std::string mediaType;
        const base::SecretBytes* bytes;
    };
    std::vector<Attachment> attachments;
    std::string trackingCode;  ///< ungrouped; "" for kinds without one
};

/// *Gửi*: seals, signs, encrypts attachments to files, writes the row. When keep() has returned, and only
/// then, a page may say "đã lưu tại trạm". From that moment nobody can read the report from this disk.
class Outbox {
  public:
    struct Keys {
        std::string kioskId;
        std::string codePrefix;  ///< three symbols
        crypto::SigningKey signing;
        crypto::SealingKey sealing;
        base::SecretBytes codeHashKey;  ///< for codeHash; from the kiosk's key file
    };
    Outbox(std::shared_ptr<OutboxStore> store, Keys keys, const base::Clock& clock);

    /// A tracking code no item of this store carries.
    base::Result<base::TrackingCode> freshCode();
    struct Kept {
        base::Uuid id;
        base::WallTime at;
    };
    base::Result<Kept> keep(const NewAction& action);
    /// Who helps from now on: every action kept says so, until told otherwise. From any thread.
    void setHandling(std::optional<wire::Handling> handling);
    /// Whether the code was made here, and how far its action is.
    base::Result<std::optional<Item>> findByCode(const base::TrackingCode& code);
    base::Result<std::optional<Item>> find(const base::Uuid& id) { return store_->find(id); }
    OutboxStore& store() { return *store_; }

  private:
    std::string codeHash(std::string_view code) const;
    std::optional<wire::Handling> handlingOf(base::WallTime told) const;
    std::shared_ptr<OutboxStore> store_;
    Keys keys_;
    const base::Clock& clock_;
    mutable std::mutex handlingMutex_;
    std::optional<wire::Handling> handling_;
};

}  // namespace tram::outbox
