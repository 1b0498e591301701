#include "gateway/storage/SoleServer.h"

namespace tram::gateway {

base::Result<SoleServer> SoleServer::claim(const std::filesystem::path& dir, const char* name,
                                           const char* expected) {
    auto lock = base::FileLock::take(dir / name);
    if (lock) return SoleServer(*std::move(lock));
    if (lock.error().kind == base::ProblemKind::StoreBusy)
        lock.error().facts.emplace_back("expected", expected);
    return tl::unexpected(lock.error());
}

}  // namespace tram::gateway
