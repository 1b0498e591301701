#pragma once
#include <string_view>

#include "assist/StaffSession.h"

namespace tram::assist {

/// A staff session on its way from one resident's process image to the next: a few bytes in a pipe that is
/// read once. There is no member for anything of a resident.
struct Handover {
    static constexpr std::size_t kMaxBytes = 4096;  ///< PIPE_BUF: writing it never waits for a reader

    static base::SecretText toBytes(const StaffSession& session);
    /// Malformed; Expired for a session that is over, or of another boot.
    static base::Result<StaffSession> fromBytes(std::string_view bytes, const base::BootTime& now);

    /// The end to read from, with the bytes in it and the other end closed. It is not closed by exec(2):
    /// whoever starts the next image decides which one it is given. Internal when there are no descriptors
    /// left.
    static base::Result<int> toPipe(const StaffSession& session);
    /// Reads to the end and closes `end`, whatever comes. Malformed also for more than kMaxBytes and for
    /// none.
    static base::Result<StaffSession> fromPipe(int end, const base::BootTime& now);
};

}  // namespace tram::assist
