#pragma once
#include "wire/StaffList.h"

namespace tram::test {

/// Two members of staff, with a cost that tests can pay. The helper's badge is sixteen bytes of 1, the
/// supervisor's of 2; the PIN of each is 246810.
inline base::SecretBytes badgeOf(unsigned char fill) {
    return base::SecretBytes(crypto::Bytes(crypto::PinKeys::kBadgeBytes, fill));
}

inline wire::StaffMember staffMember(const char* id, const char* name, wire::StaffRole role,
                                     unsigned char fill) {
    constexpr crypto::PinKeys::Cost kQuick{1, 8};
    const auto badge = badgeOf(fill);
    const crypto::Bytes salt(crypto::PinKeys::kSaltBytes, static_cast<unsigned char>(fill + 100));
    const auto keys = crypto::PinKeys::derive(base::SecretText("246810"), badge, salt, kQuick).value();
    return {id, name, "Khu phố 3", role, wire::BadgeCode::hashOf(badge), salt, keys.verifierHash()};
}

inline wire::StaffList staffList() {
    wire::StaffList list;
    list.version = 7;
    list.ward = "27154";
    base::fromRfc3339("2026-11-21T09:00:00+07:00", list.signedAt);
    base::fromRfc3339("2026-11-24T09:00:00+07:00", list.expires);
    list.cost = {1, 8};
    list.members = {staffMember("S-7QK2M9XA", "Nguyễn Thị Mẫu", wire::StaffRole::Helper, 1),
                    staffMember("S-0B3D5F7H", "Trần Văn Thử", wire::StaffRole::Supervisor, 2)};
    return list;
}

}  // namespace tram::test
