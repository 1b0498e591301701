#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Keys.h"

namespace tram::gateway {

/// Every key of a gateway in one text, to be locked (crypto::PassphraseBox) and kept elsewhere: who has it
/// and its passphrase is the gateway, and reads whatever was ever sealed to it.
struct KeyEscrow {
    struct Sealing {
        crypto::OpeningKey key;
        base::WallTime notBefore, notAfter;
        std::optional<base::WallTime> retiredAt;
    };
    crypto::SigningKey identity, content;
    std::vector<Sealing> sealing;  ///< oldest first

    /// What lies in DIR now. Lost sealing keys are left out.
    static base::Result<KeyEscrow> gather(const std::filesystem::path& dir);
    base::SecretBytes text() const;
    static base::Result<KeyEscrow> parse(const base::SecretBytes& text);

    /// Puts back into DIR what is missing there; a damaged file is moved aside first. Changes nothing that is
    /// whole. Conflict (path): another gateway's key stands there. Gives how many keys came back.
    base::Result<std::size_t> restore(const std::filesystem::path& dir, base::WallTime now) const;
    /// These keys are out of harm's way since `now`.
    base::Result<void> remember(const std::filesystem::path& dir, base::WallTime now) const;
};

}  // namespace tram::gateway
