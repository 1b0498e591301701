#include "publish/ManifestMaker.h"

#include <algorithm>

#include "crypto/FileHash.h"
#include "pack/PackFile.h"

namespace tram::publish {

namespace {

using base::fail;
using base::ProblemKind;
using base::Result;
using Pack = trust::Manifest::Pack;

Result<Pack> packOf(const std::filesystem::path& path) {
    std::error_code unknown;
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(path, unknown));
    if (!unknown && bytes > trust::Manifest::kMaxPackBytes)
        return fail(ProblemKind::TooLarge, {{"path", path.string()}});
    const auto hash = crypto::sha256OfFile(path);
    if (!hash) return tl::unexpected(hash.error());
    const auto opened = pack::PackFile::open(path);
    if (!opened) return tl::unexpected(opened.error());
    return Pack{opened->about().name, *hash, bytes};
}

}  // namespace

Result<trust::Manifest> manifestOf(const std::vector<std::filesystem::path>& packs) {
    trust::Manifest manifest;
    for (const auto& path : packs) {
        auto pack = packOf(path);
        if (!pack) return tl::unexpected(pack.error());
        if (std::ranges::find(manifest.packs, pack->name, &Pack::name) != manifest.packs.end())
            return fail(ProblemKind::Conflict, {{"key", "pack_name"}, {"path", path.string()}});
        manifest.packs.push_back(std::move(*pack));
    }
    return manifest;
}

Result<std::string> checkPack(const trust::Manifest& manifest, const std::filesystem::path& path) {
    const auto pack = packOf(path);
    if (!pack) return tl::unexpected(pack.error());
    const auto named = std::ranges::find(manifest.packs, pack->name, &Pack::name);
    if (named == manifest.packs.end())
        return fail(ProblemKind::NotFound, {{"key", "manifest"}, {"path", path.string()}});
    if (*named != *pack) return fail(ProblemKind::BadSignature, {{"key", "pack"}, {"path", path.string()}});
    return pack->name;
}

}  // namespace tram::publish
