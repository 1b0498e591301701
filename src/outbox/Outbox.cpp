#include "outbox/Outbox.h"

#include "crypto/Stream.h"
#include "wire/Envelope.h"

namespace tram::outbox {

using base::ProblemKind;
using base::Result;

namespace {

constexpr int kCodeAttempts = 32;  // of 2^30 codes: a second attempt is already rare
// Twice base64 (sealed, and the DSSE payload around it): more than this cannot fit an envelope.
constexpr std::size_t kMaxFields = wire::Envelope::kMaxBytes / 16 * 9;

/// Attachment files of an action on its way; taken back unless the action was kept.
class Written {
  public:
    explicit Written(OutboxStore& store) : store_(store) {}
    ~Written() {
        for (const StoredAttachment& attachment : attachments_)
            (void)store_.discardAttachment(attachment.sha256);
    }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;

    Result<wire::AttachmentRef> write(const NewAction::Attachment& attachment, const base::Uuid& id);
    const std::vector<StoredAttachment>& attachments() const { return attachments_; }
    void keep() { attachments_.clear(); }

  private:
    OutboxStore& store_;
    std::vector<StoredAttachment> attachments_;
};

Result<wire::AttachmentRef> Written::write(const NewAction::Attachment& attachment, const base::Uuid& id) {
    std::string cipher;
    auto key = crypto::encryptStream(attachment.bytes->reveal(), crypto::view(id.text()),
                                     [&](crypto::ByteView piece) -> Result<void> {
                                         cipher.append(piece.begin(), piece.end());
                                         return {};
                                     });
    if (!key) return tl::unexpected(key.error());
    const StoredAttachment meta{crypto::sha256Hex(crypto::view(cipher)), cipher.size()};
    attachments_.push_back(meta);
    if (auto put = store_.putAttachment(meta, cipher); !put) return tl::unexpected(put.error());
    return wire::AttachmentRef{meta.sha256, meta.size, *std::move(key), attachment.mediaType};
}

Result<std::vector<wire::AttachmentRef>> writeAll(Written& written, const NewAction& action,
                                                  const base::Uuid& id) {
    std::vector<wire::AttachmentRef> refs;
    for (const NewAction::Attachment& attachment : action.attachments) {
        auto ref = written.write(attachment, id);
        if (!ref) return tl::unexpected(ref.error());
        refs.push_back(*std::move(ref));
    }
    return refs;
}

}  // namespace

Outbox::Outbox(std::shared_ptr<OutboxStore> store, Keys keys, const base::Clock& clock)
    : store_(std::move(store)), keys_(std::move(keys)), clock_(clock) {}

Result<base::TrackingCode> Outbox::freshCode() {
    for (int attempt = 0; attempt < kCodeAttempts; ++attempt) {
        const auto code = base::TrackingCode::make(keys_.codePrefix, base::TrackingCode::randomSymbols());
        if (!code) return base::fail(ProblemKind::Malformed, {{"key", "prefix"}});
        const auto taken = store_->codeHashTaken(codeHash(code->symbols()));
        if (!taken) return tl::unexpected(taken.error());
        if (!*taken) return *code;
    }
    return base::fail(ProblemKind::Internal, {{"detail", "codes"}});
}

Result<Outbox::Kept> Outbox::keep(const NewAction& action) {
    // The action's own time, which may be coarse, is the only one written: the UUID holds milliseconds and
    // the row stays readable on this disk (STANDARDS 14).
    base::WallTime told;
    if (!base::fromRfc3339(action.createdAt, told))
        return base::fail(ProblemKind::Malformed, {{"key", "created_at"}});
    if (action.fieldsJson.reveal().size() > kMaxFields) return base::fail(ProblemKind::TooLarge);
    const base::Uuid id = base::Uuid::v7(told);
    Written written(*store_);
    auto refs = writeAll(written, action, id);
    if (!refs) return tl::unexpected(refs.error());
    const wire::ActionBody body{.id = id,
                                .kind = action.kind,
                                .kioskId = keys_.kioskId,
                                .createdAt = action.createdAt,
                                .fieldsJson = action.fieldsJson.copy(),
                                .attachments = *std::move(refs),
                                .handling = handlingOf(told)};
    Item item{.id = id};
    item.kind = action.kind;
    item.envelope =
        wire::Envelope::make(id, keys_.kioskId, body.toJson().reveal(), keys_.sealing, keys_.signing);
    if (item.envelope.size() > wire::Envelope::kMaxBytes) return base::fail(ProblemKind::TooLarge);
    item.attachments = written.attachments();
    if (!action.trackingCode.empty()) item.codeHash = codeHash(action.trackingCode);
    item.keptAt = told;
    const auto added = store_->add(std::move(item));
    // Undecided: should the row stand after a crash, its files must too.
    if (added || !added.error().fact("undecided").empty()) written.keep();
    if (!added) return tl::unexpected(added.error());
    return Kept{id, clock_.wall()};
}

void Outbox::setHandling(std::optional<wire::Handling> handling) {
    const std::lock_guard lock(handlingMutex_);
    handling_ = std::move(handling);
}

/// A whole hour is what actions without a name carry; then nothing beside it is more exact (STANDARDS 14).
std::optional<wire::Handling> Outbox::handlingOf(base::WallTime told) const {
    const std::lock_guard lock(handlingMutex_);
    auto handling = handling_;
    if (handling && told == base::coarseToHour(told)) handling->coarsen();
    return handling;
}

Result<std::optional<Item>> Outbox::findByCode(const base::TrackingCode& code) {
    return store_->findByCodeHash(codeHash(code.symbols()));
}

std::string Outbox::codeHash(std::string_view code) const {
    return crypto::keyedHashHex(keys_.codeHashKey.reveal(), crypto::view(code));
}

}  // namespace tram::outbox
