#include "content/WardCampaigns.h"

#include <sys/stat.h>

#include "base/Files.h"

namespace tram::content {

using base::Result;

WardCampaigns::WardCampaigns(const std::filesystem::path& dataDir)
    : file_(dataDir / "content" / "campaigns.json") {}

Result<wire::Campaigns> WardCampaigns::read() const {
    const auto text = base::readFile(file_, wire::Campaigns::kMaxBytes);
    if (!text) return tl::unexpected(text.error());
    return wire::Campaigns::parse(*text);
}

Result<void> WardCampaigns::update(link::GatewayClient& gateway, const std::string& ward) {
    const auto told = gateway.campaigns();
    if (!told) return tl::unexpected(told.error());
    if (told->ward != ward) return base::fail(base::ProblemKind::BadResponse, {{"key", "ward"}});
    if (auto made = base::makeDirectories(file_.parent_path(), 0750); !made) return made;
    return base::writeFileAtomically(file_, told->toJson());
}

std::string WardCampaigns::stamp() const {
    struct stat info{};
    if (::stat(file_.c_str(), &info) != 0) return "none";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec);
}

}  // namespace tram::content
