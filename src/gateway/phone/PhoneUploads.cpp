#include "gateway/phone/PhoneUploads.h"

#include <algorithm>

#include "crypto/Bytes.h"
#include "crypto/Stream.h"

namespace tram::gateway {

using base::WallTime;

std::size_t PhoneUploads::heldNow() const {
    std::size_t all = toCome_;
    for (const auto& [id, place] : places_)
        for (const auto& picture : place.pictures) all += picture.bytes.size();
    return all;
}

void PhoneUploads::forgetOld(WallTime now) {
    std::erase_if(places_, [&](const auto& entry) { return entry.second.over(now); });
}

base::Result<std::string> PhoneUploads::open(const std::string& kiosk, const crypto::SealingKey& draft,
                                             WallTime now, const std::string& language) {
    const std::lock_guard lock(mutex_);
    forgetOld(now);
    const auto open =
        std::ranges::count_if(places_, [&](const auto& each) { return each.second.kiosk == kiosk; });
    if (open >= static_cast<std::ptrdiff_t>(kMostOfKiosk))
        return base::fail(base::ProblemKind::TooManyRequests);
    auto id = crypto::toBase64Url(crypto::randomBytes(16));
    places_.emplace(id, Place{kiosk, draft, language, now});
    return id;
}

bool PhoneUploads::lives(const std::string& id, WallTime now) const {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(id);
    return found != places_.end() && !found->second.over(now);
}

PhoneUploads::Seen PhoneUploads::look(const std::string& id, const std::string& phone, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(id);
    if (found == places_.end() || found->second.over(now)) return {};
    auto& place = found->second;
    if (!place.phone.empty() && place.phone != phone) return {Door::Taken, 0, place.language};
    place.opened = true;
    return {place.pictures.size() < kMostPictures ? Door::Open : Door::Full, place.pictures.size(),
            place.language};
}

bool PhoneUploads::hasRoomFor(const std::string& kiosk, std::size_t size) const {
    const auto own = underWayOf_.find(kiosk);
    return underWay_ < kMostUnderWay && (own == underWayOf_.end() || own->second < kMostUnderWayOfKiosk) &&
           heldNow() + size <= memory_;
}

tl::expected<std::unique_ptr<PhoneUploads::Room>, PhoneUploads::NoRoom> PhoneUploads::enter(
    const std::string& id, const std::string& phone, WallTime now, std::size_t size) {
    const std::lock_guard lock(mutex_);
    forgetOld(now);
    const auto found = places_.find(id);
    if (found == places_.end()) return tl::unexpected(NoRoom::Gone);
    auto& place = found->second;
    if (!place.phone.empty() && place.phone != phone) return tl::unexpected(NoRoom::Taken);
    if (place.pictures.size() + place.underWay >= kMostPictures) return tl::unexpected(NoRoom::Full);
    if (!hasRoomFor(place.kiosk, size)) return tl::unexpected(NoRoom::Busy);
    place.phone = phone;
    place.opened = true;
    ++place.underWay;
    ++underWay_;
    toCome_ += size;
    ++underWayOf_[place.kiosk];
    return std::unique_ptr<Room>(new Room(*this, id, place.kiosk, size));
}

PhoneUploads::Room::~Room() {
    const std::lock_guard lock(owner_.mutex_);
    --owner_.underWay_;
    owner_.toCome_ -= size_;
    if (const auto own = owner_.underWayOf_.find(kiosk_); --own->second == 0) owner_.underWayOf_.erase(own);
    const auto found = owner_.places_.find(id_);
    if (found != owner_.places_.end()) --found->second.underWay;
}

bool PhoneUploads::Room::keep(base::SecretBytes plain, WallTime now) {
    Picture picture;
    picture.bytes.reserve(plain.reveal().size() + plain.reveal().size() / 2048 + 64);
    const auto key = crypto::encryptStream(plain.reveal(), crypto::view(id_),
                                           [&](crypto::ByteView piece) -> base::Result<void> {
                                               picture.bytes.append(piece.begin(), piece.end());
                                               return {};
                                           });
    plain.clear();
    if (!key) return false;
    auto opener = key->key.reveal();
    opener.insert(opener.end(), key->header.begin(), key->header.end());
    const base::SecretBytes secret(std::move(opener));
    const std::lock_guard lock(owner_.mutex_);
    const auto found = owner_.places_.find(id_);
    if (found == owner_.places_.end() || found->second.over(now)) return false;
    picture.sealedKey = crypto::toBase64Url(found->second.draft.seal(secret.reveal()));
    found->second.pictures.push_back(std::move(picture));
    return true;
}

PhoneUploads::Places::iterator PhoneUploads::ofKiosk(const std::string& id, const std::string& kiosk,
                                                     WallTime now) {
    const auto found = places_.find(id);
    return found != places_.end() && found->second.kiosk == kiosk && !found->second.over(now) ? found
                                                                                              : places_.end();
}

std::optional<PhoneUploads::State> PhoneUploads::state(const std::string& id, const std::string& kiosk,
                                                       WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = ofKiosk(id, kiosk, now);
    if (found == places_.end()) return std::nullopt;
    State state{found->second.opened,
                std::chrono::floor<std::chrono::seconds>(kLife - (now - found->second.since)),
                {}};
    for (const auto& picture : found->second.pictures)
        state.pictures.push_back({picture.bytes.size(), picture.sealedKey});
    return state;
}

std::optional<std::string> PhoneUploads::picture(const std::string& id, const std::string& kiosk,
                                                 std::size_t number, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = ofKiosk(id, kiosk, now);
    if (found == places_.end() || number < 1 || number > found->second.pictures.size()) return std::nullopt;
    return found->second.pictures[number - 1].bytes;
}

bool PhoneUploads::close(const std::string& id, const std::string& kiosk) {
    const std::lock_guard lock(mutex_);
    const auto found = places_.find(id);
    if (found == places_.end() || found->second.kiosk != kiosk) return false;
    places_.erase(found);
    return true;
}

void PhoneUploads::endAll(const std::string& kiosk) {
    const std::lock_guard lock(mutex_);
    std::erase_if(places_, [&](const auto& entry) { return entry.second.kiosk == kiosk; });
}

void PhoneUploads::sweep(WallTime now) {
    const std::lock_guard lock(mutex_);
    forgetOld(now);
}

std::size_t PhoneUploads::held() const {
    const std::lock_guard lock(mutex_);
    return heldNow();
}

}  // namespace tram::gateway
