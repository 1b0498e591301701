#include "papers/Sources.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tram::papers {

void forgetFile(const std::filesystem::path& file) {
    const int opened = open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    struct stat about{};
    const bool plain = opened >= 0 && fstat(opened, &about) == 0 && S_ISREG(about.st_mode);
    if (plain) (void)!ftruncate(opened, 0);
    if (plain) unlink(file.c_str());
    if (opened >= 0) close(opened);
}

}  // namespace tram::papers
