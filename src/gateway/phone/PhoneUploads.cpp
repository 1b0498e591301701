#include "gateway/phone/PhoneUploads.h"

#include <algorithm>

#include "crypto/Bytes.h"
#include "crypto/Stream.h"

namespace tram::gateway {

using base::WallTime;

namespace {

template <class Pictures>
std::size_t bytesOf(const Pictures& pictures) {
    std::size_t all = 0;
    for (const auto& picture : pictures) all += picture.bytes.size();
    return all;
}

}  // namespace

std::size_t PhoneUploads::heldNow() const {
    std::size_t all = load_.toCome;
    for (const auto& [id, place] : places_) all += bytesOf(place.pictures);
    return all;
}

void PhoneUploads::forgetOld(WallTime now) {
    std::erase_if(places_, [&](const auto& entry) { return entry.second.over(now); });
}

base::Result<std::string> PhoneUploads::open(const std::string& kiosk, const crypto::SealingKey& draft,
                                             WallTime now, UploadsOf told) {
    const std::lock_guard lock(mutex_);
    forgetOld(now);
    const auto open =
        std::ranges::count_if(places_, [&](const auto& each) { return each.second.kiosk == kiosk; });
    if (open >= static_cast<std::ptrdiff_t>(kMostOfKiosk))
        return base::fail(base::ProblemKind::TooManyRequests);
    auto id = crypto::toBase64Url(crypto::randomBytes(16));
    places_.emplace(id, Place{kiosk, draft, std::move(told), now});
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
    if (!place.phone.empty() && place.phone != phone) return {Door::Taken, {place.told.language, "", ""}};
    place.opened = true;
    const bool full = place.used + place.pictures.size() >= kMostPictures;
    return {full                      ? Door::Full
            : place.sent >= kMostSent ? Door::Spent
                                      : Door::Open,
            place.told,
            place.used,
            place.useless(),
            place.pictures.size(),
            now - place.lastSent};
}

bool PhoneUploads::hasRoomFor(const std::string& kiosk, std::size_t size) const {
    const auto found = loadOf_.find(kiosk);
    const auto own = found == loadOf_.end() ? Load{} : found->second;
    std::size_t held = own.toCome;
    for (const auto& [id, place] : places_)
        if (place.kiosk == kiosk) held += bytesOf(place.pictures);
    return load_.underWay < kMostUnderWay && own.underWay < kMostUnderWayOfKiosk && held + size <= ofKiosk_ &&
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
    if (place.full()) return tl::unexpected(NoRoom::Full);
    if (place.spent()) return tl::unexpected(NoRoom::Spent);
    if (!hasRoomFor(place.kiosk, size)) return tl::unexpected(NoRoom::Busy);
    place.phone = phone;
    place.opened = true;
    ++place.underWay;
    for (auto* load : {&load_, &loadOf_[place.kiosk]}) {
        ++load->underWay;
        load->toCome += size;
    }
    return std::unique_ptr<Room>(new Room(*this, id, place.kiosk, size));
}

PhoneUploads::Room::~Room() {
    const std::lock_guard lock(owner_.mutex_);
    const auto own = owner_.loadOf_.find(kiosk_);
    for (auto* load : {&owner_.load_, &own->second}) {
        --load->underWay;
        load->toCome -= size_;
    }
    if (own->second.underWay == 0) owner_.loadOf_.erase(own);
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
    auto& place = found->second;
    picture.sealedKey = crypto::toBase64Url(place.draft.seal(secret.reveal()));
    picture.number = ++place.sent;
    place.lastSent = now;
    place.pictures.push_back(std::move(picture));
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
        state.pictures.push_back({picture.number, picture.bytes.size(), picture.sealedKey});
    return state;
}

std::vector<PhoneUploads::Picture>::iterator PhoneUploads::pictureOf(Place& place, std::size_t number) {
    return std::ranges::find(place.pictures, number, &Picture::number);
}

std::optional<std::string> PhoneUploads::picture(const std::string& id, const std::string& kiosk,
                                                 std::size_t number, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = ofKiosk(id, kiosk, now);
    if (found == places_.end()) return std::nullopt;
    const auto picture = pictureOf(found->second, number);
    return picture == found->second.pictures.end() ? std::nullopt : std::optional(picture->bytes);
}

bool PhoneUploads::tell(const std::string& id, const std::string& kiosk, std::size_t number, bool used,
                        WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = ofKiosk(id, kiosk, now);
    if (found == places_.end()) return false;
    auto& place = found->second;
    const auto picture = pictureOf(place, number);
    if (picture == place.pictures.end()) return false;
    place.pictures.erase(picture);
    if (used) ++place.used;
    return true;
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
