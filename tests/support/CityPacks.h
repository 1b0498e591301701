#pragma once
#include <filesystem>
#include <string>

#include "base/Files.h"
#include "content/PackStore.h"
#include "crypto/Bytes.h"
#include "pack/PackWriter.h"
#include "tests/support/FakeClock.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"
#include "wire/PinnedRoot.h"

namespace tram::test {

/// A pack of one entry, and how a manifest names it.
struct MadePack {
    trust::Manifest::Pack named;
    std::string bytes;
};

inline MadePack makePack(const std::string& name, const std::string& title, std::size_t padding = 0,
                         const std::string& kind = "school") {
    const TempDir dir;
    const auto file = dir / "made.pack";
    pack::Entry entry{kind, "one", title, "", {}, "{}", "", 1};
    entry.alsoFoundBy = std::string(padding, 'x');
    if (!pack::writePack(file, {name, "nobody", "2026-11-20T08:00:00+07:00"}, {entry}))
        throw std::runtime_error("no pack");
    auto bytes = base::readFile(file, 64u << 20).value();
    return {{name, crypto::sha256Hex(crypto::view(bytes)), static_cast<std::int64_t>(bytes.size())}, bytes};
}

/// A kiosk of a gateway whose city signs.
struct PackKiosk {
    explicit PackKiosk(std::filesystem::path dataDir = {}) : data(dataDir.empty() ? dir.path() : dataDir) {}
    TempDir dir;
    std::filesystem::path data;
    FakeClock clock;
    SigningCity city;
    crypto::SigningKey gatewayKey = crypto::SigningKey::generate();
    content::PackStore store{data, gatewayKey.verifyKey()};

    std::string pinOf(const trust::Root& root) const {
        return wire::PinnedRoot::sign(cosign(root, city), gatewayKey);
    }
    std::string manifestOf(int version, std::vector<trust::Manifest::Pack> packs) const {
        auto manifest = city.manifest(version);
        manifest.packs = std::move(packs);
        return cosign(manifest, city);
    }
    std::filesystem::path home() const { return data / "city" / gatewayKey.verifyKey().fingerprint(); }
    std::filesystem::path home(const std::string& name) const { return home() / name; }
    void place(const MadePack& made) const {
        if (!base::writeFileAtomically(store.fileOf(made.named), made.bytes)) throw std::runtime_error("no");
    }
    /// What a kiosk shows: "v3 city", "" when nothing.
    std::string shows() const {
        const auto current = store.current(clock.wall());
        if (!current) return "";
        auto text = "v" + std::to_string(current->version);
        for (const auto& pack : current->packs) text += " " + pack.name;
        return text + (current->former ? " (former)" : "") + (current->expired ? " (expired)" : "");
    }
};

}  // namespace tram::test
