#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Keys.h"

namespace tram::gateway {

/// What a page for pictures says of its kiosk.
struct UploadsOf {
    std::string language = "vi";  ///< the session's
    std::string station = {}, ward = {};
};

/// Pictures on their way from a resident's own phone to the draft at a kiosk: each is sealed to the draft's
/// key as soon as it is whole, and none ever leaves this memory but to that kiosk, which says of each whether
/// it was of use: only those that were count. Any thread.
class PhoneUploads {
  public:
    static constexpr std::chrono::seconds kLife{600};
    static constexpr std::size_t kMostPictures = 3;
    static constexpr std::size_t kMostSent = 9;            ///< those included that the kiosk could not use
    static constexpr std::size_t kMostBytes = 25'000'000;  ///< of one picture
    static constexpr std::size_t kMostOfKiosk = 4;         ///< places that a kiosk has open at a time
    /// Each under way holds a thread while it comes: those of one kiosk do not take the others' places.
    static constexpr std::size_t kMostUnderWay = 24, kMostUnderWayOfKiosk = 4;

    /// `memory`: what all of them together may take up, those under way as large as they say; `ofKiosk`: what
    /// those of one kiosk may.
    PhoneUploads(std::size_t memory, std::size_t ofKiosk) : memory_(memory), ofKiosk_(ofKiosk) {}

    /// The id of a new place. TooManyRequests.
    base::Result<std::string> open(const std::string& kiosk, const crypto::SealingKey& draft,
                                   base::WallTime now, UploadsOf told = {});

    // A phone, known by the hash of its cookie.
    /// Spent: too many were sent that were of no use.
    enum class Door { Open, Taken, Full, Spent, Gone };
    struct Seen {
        Door door = Door::Gone;
        UploadsOf told = {"", "", ""};                 ///< Gone: nothing; Taken: the language alone
        std::size_t used = 0, useless = 0, asked = 0;  ///< as the kiosk said; asked: it has not said yet
        base::Millis since{0};                         ///< since the last one came
    };
    bool lives(const std::string& id, base::WallTime now) const;
    Seen look(const std::string& id, const std::string& phone, base::WallTime now);
    /// Room for one picture, given back when dropped. The first phone that takes it is the only one.
    class Room {
      public:
        ~Room();
        /// False once the place was closed: the rest need not come.
        bool wanted(base::WallTime now) const { return owner_.lives(id_, now); }
        /// False when the place was closed meanwhile.
        bool keep(base::SecretBytes plain, base::WallTime now);

      private:
        friend class PhoneUploads;
        Room(PhoneUploads& owner, std::string id, std::string kiosk, std::size_t size)
            : owner_(owner), id_(std::move(id)), kiosk_(std::move(kiosk)), size_(size) {}
        PhoneUploads& owner_;
        std::string id_, kiosk_;
        std::size_t size_;
    };
    enum class NoRoom { Taken, Full, Spent, Gone, Busy };
    /// `size`: bytes that are to come.
    tl::expected<std::unique_ptr<Room>, NoRoom> enter(const std::string& id, const std::string& phone,
                                                      base::WallTime now, std::size_t size = kMostBytes);

    // Its kiosk.
    struct Listed {
        std::size_t number;  ///< from 1, in the order in which they came
        std::size_t size;
        std::string sealedKey;  ///< base64url of crypto_box_seal(stream key ‖ header)
    };
    struct State {
        bool opened = false;
        std::chrono::seconds left{0};
        std::vector<Listed> pictures;  ///< whose use it has not told
    };
    std::optional<State> state(const std::string& id, const std::string& kiosk, base::WallTime now);
    std::optional<std::string> picture(const std::string& id, const std::string& kiosk, std::size_t number,
                                       base::WallTime now);
    /// What became of a picture there, which is gone from here with that; one of no use leaves its place to
    /// another. False for none that it has not told of.
    bool tell(const std::string& id, const std::string& kiosk, std::size_t number, bool used,
              base::WallTime now);
    bool close(const std::string& id, const std::string& kiosk);
    void endAll(const std::string& kiosk);
    void sweep(base::WallTime now);
    std::size_t held() const;  ///< bytes

  private:
    struct Picture {
        std::size_t number = 0;
        std::string bytes = {}, sealedKey = {};
    };
    struct Place {
        std::string kiosk;
        crypto::SealingKey draft;
        UploadsOf told;
        base::WallTime since;
        std::string phone = {};
        bool opened = false;
        std::size_t underWay = 0, sent = 0, used = 0;
        base::WallTime lastSent = {};
        std::vector<Picture> pictures = {};
        std::size_t useless() const { return sent - used - pictures.size(); }
        bool full() const { return used + pictures.size() + underWay >= kMostPictures; }
        bool spent() const { return sent + underWay >= kMostSent; }
        /// A request that began a moment before this place has an earlier time, and is no clock put back.
        bool over(base::WallTime now) const { return std::chrono::abs(now - since) >= kLife; }
    };
    using Places = std::map<std::string, Place>;
    void forgetOld(base::WallTime now);
    Places::iterator ofKiosk(const std::string& id, const std::string& kiosk, base::WallTime now);
    static std::vector<Picture>::iterator pictureOf(Place& place, std::size_t number);
    std::size_t heldNow() const;
    bool hasRoomFor(const std::string& kiosk, std::size_t size) const;

    const std::size_t memory_, ofKiosk_;
    mutable std::mutex mutex_;
    Places places_;
    struct Load {
        std::size_t underWay = 0, toCome = 0;  ///< pictures, and their bytes
    };
    Load load_;
    std::map<std::string, Load> loadOf_;  ///< by kiosk, closed places included
};

}  // namespace tram::gateway
