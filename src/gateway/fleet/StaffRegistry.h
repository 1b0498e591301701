#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Keys.h"
#include "crypto/PinKeys.h"
#include "gateway/storage/Storage.h"
#include "wire/StaffList.h"
#include "wire/StaffSignIn.h"

namespace tram::gateway {

/// Who may sign in beside residents, ward by ward, in reports.db: names are personal data. Of badges and PINs
/// there are only hashes; a row outlives its revocation, so that what somebody did can still be laid at their
/// door. Any thread.
class StaffRegistry {
  public:
    /// `identity`: a key follows from it, without which the hashes of PINs by code are worth nothing.
    StaffRegistry(SharedDatabase& reports, const crypto::SigningKey& identity,
                  crypto::PinKeys::Cost cost = {});

    struct Newcomer {
        std::string name, unit;
        wire::StaffRole role = wire::StaffRole::Helper;
    };
    /// What is handed to them; this is the only time that it is seen.
    struct Issued {
        wire::StaffMember member;
        std::string code;  ///< StaffSignIn::kCodeDigits
        base::SecretText badge, pin;
    };
    /// OutOfRange with facts key and expected. About a second: two hashes of a PIN.
    base::Result<Issued> add(const std::string& ward, const Newcomer& who, base::WallTime now);
    /// A new badge with a new PIN; the old ones open nothing from now on, and drafts under them are lost.
    /// NotFound: of nobody, or of somebody who was revoked.
    base::Result<Issued> renew(const std::string& id);
    base::Result<void> revoke(const std::string& id, base::WallTime now);  ///< as renew()
    base::Result<void> unlock(const std::string& id);                      ///< as renew()

    struct Row {
        std::string id, ward, code, name, unit;
        wire::StaffRole role = wire::StaffRole::Helper;
        base::WallTime addedAt;
        std::optional<base::WallTime> revokedAt;
        bool locked = false;  ///< after too many wrong PINs by code
    };
    base::Result<std::vector<Row>> list(const std::string& ward);  ///< "" for all, by ward and name
    /// Those of a ward who may sign in now, by id, and a number that is higher after every change.
    struct Ward {
        std::int64_t changed = 0;
        std::vector<wire::StaffMember> members;
    };
    base::Result<std::int64_t> changedIn(const std::string& ward);
    base::Result<Ward> ofWard(const std::string& ward);
    crypto::PinKeys::Cost cost() const { return cost_; }

    /// By code and PIN, at a kiosk of `ward`. Unprocessable: no such code there, or another PIN, all the same
    /// to a stranger; TooManyRequests (retry_after_s); Forbidden: locked.
    base::Result<wire::StaffSignedIn> signIn(const std::string& ward, const wire::StaffSignIn& typed,
                                             base::WallTime now);

    enum class Standing { Known, Revoked /* before that time */, Unknown /* or of another ward, or role */ };
    /// Whether `id` could help in that role at a kiosk of `ward` at that time.
    base::Result<Standing> standing(const std::string& id, wire::StaffRole role, const std::string& ward,
                                    base::WallTime at);

    /// With badge and PINs that were made before; only a demo has those. What is there stays.
    struct Given {
        std::string ward, code;
        wire::StaffMember member;
        crypto::Bytes codeSalt, codeHash;  ///< PinKeys::verifierHash without a badge
    };
    base::Result<void> give(const Given& given, base::WallTime now);

  private:
    struct Keys;
    struct Tried;
    base::Result<Keys> makeKeys() const;
    std::string peppered(crypto::ByteView hash) const;
    base::Result<Tried> begin(const std::string& ward, const std::string& code, base::WallTime now);

    SharedDatabase& db_;
    base::SecretBytes pepper_;
    crypto::PinKeys::Cost cost_;
};
std::string_view name(StaffRegistry::Standing standing);  ///< "known", "revoked", "unknown"

}  // namespace tram::gateway
