#include "gateway/storage/RoleKeyFile.h"

#include <string>

namespace tram::gateway {

using base::Result;
using crypto::SigningKey;

RoleKeyFile::RoleKeyFile(const std::filesystem::path& dataDir, const char* name)
    : path_(dataDir / "keys" / (std::string(name) + ".key")) {}

Result<RoleKeyFile::Key> RoleKeyFile::follow() {
    const std::lock_guard lock(mutex_);
    std::error_code gone;
    const auto changed = std::filesystem::last_write_time(path_, gone);
    if (gone) {
        key_.reset();
        changed_ = {};
        return key_;
    }
    if (changed == changed_) return key_;
    changed_ = changed;
    auto key = SigningKey::load(path_);
    if (!key) return tl::unexpected(key.error());
    key_ = std::make_shared<const SigningKey>(std::move(*key));
    return key_;
}

Result<void> RoleKeyFile::check() const {
    const auto key = SigningKey::load(path_);
    if (!key && key.error().kind == base::ProblemKind::KeyExposed) return tl::unexpected(key.error());
    return {};
}

Result<crypto::VerifyKey> RoleKeyFile::provide(const std::filesystem::path& from) const {
    std::error_code error;
    const bool there = std::filesystem::exists(path_, error);
    auto key = !from.empty() ? SigningKey::load(from)
               : there       ? SigningKey::load(path_)
                             : Result<SigningKey>(SigningKey::generate());
    if (!key) return tl::unexpected(key.error());
    if (!there || !from.empty())
        if (auto saved = key->save(path_); !saved) return tl::unexpected(saved.error());
    return key->verifyKey();
}

}  // namespace tram::gateway
