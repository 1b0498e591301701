#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

namespace tram::kills {

/// What a program is in the middle of, as its system calls tell it (KillPoint.cpp).
enum class Phase : std::uint32_t {
    // The kiosk keeps a report.
    AttachmentOpened,
    AttachmentWritten,
    AttachmentSynced,
    AttachmentNamed,
    AttachmentListed,  ///< its directory synced
    RowWritten,
    RowSynced,
    Told,  ///< the person reads "đã lưu tại trạm"
    // The agent sends it.
    Asked,  ///< how far an attachment got
    Upload,
    UploadAnswered,
    Post,
    Acknowledged,  ///< the answer is read
    Marked,
    MarkSynced,
    // The gateway takes it.
    Reserved,
    PartWritten,
    PartSynced,
    PartNamed,
    PartListed,
    UploadTold,
    EnvelopeWritten,
    EnvelopeSynced,
    Opened,
    Settled,
    Delivered,  ///< to 1022
    Numbered,   ///< 1022's number noted
    Answered,
    Recovered,
    // Each of them.
    Enrolled,    ///< keys and answers of an enrolment, asked for and saved
    Noted,       ///< tokens, heartbeats, the agent's small facts
    Packed,      ///< the city's packs come and are swapped; counted only for a plan of this phase
    Checkpoint,  ///< the log goes into the database and is removed
    None
};
inline constexpr std::size_t kPhases = static_cast<std::size_t>(Phase::None);

inline constexpr std::array<std::string_view, kPhases> kPhaseNames = {"attachment_opened",
                                                                      "attachment_written",
                                                                      "attachment_synced",
                                                                      "attachment_named",
                                                                      "attachment_listed",
                                                                      "row_written",
                                                                      "row_synced",
                                                                      "told",
                                                                      "asked",
                                                                      "upload",
                                                                      "upload_answered",
                                                                      "post",
                                                                      "acknowledged",
                                                                      "marked",
                                                                      "mark_synced",
                                                                      "reserved",
                                                                      "part_written",
                                                                      "part_synced",
                                                                      "part_named",
                                                                      "part_listed",
                                                                      "upload_told",
                                                                      "envelope_written",
                                                                      "envelope_synced",
                                                                      "opened",
                                                                      "settled",
                                                                      "delivered",
                                                                      "numbered",
                                                                      "answered",
                                                                      "recovered",
                                                                      "enrolled",
                                                                      "noted",
                                                                      "packed",
                                                                      "checkpoint"};

enum class Role : std::uint32_t { Kiosk, Agent, Gateway };
enum class How : std::uint32_t { Before, Torn, After };

/// Written by the test before the program starts.
struct Plan {
    Role role = Role::Kiosk;
    Phase phase = Phase::None;  ///< None: any of them
    std::uint32_t nth = 0;      ///< 0: never
    How how = How::Before;
    std::uint32_t forgetful =
        0;                    ///< a planted defect: what the gateway's log holds is not there after the end
    std::uint32_t speed = 1;  ///< how much faster the program's own clocks run
    char address[16] = {};    ///< the loopback address it speaks from; "" for the usual one
};

/// A page shared by the test and the program, which outlives the program's end.
struct KillFile {
    Plan plan;
    std::atomic<std::uint32_t> points;
    std::atomic<std::uint32_t> seen[kPhases];
    std::atomic<std::uint32_t> rests;  ///< how often the agent's sender found nothing more to do at once
    std::atomic<std::uint32_t> killed;
    Phase at;
    How how;
};

/// Where the keeper tells what it has kept.
inline constexpr int kToldFd = 3;
inline constexpr const char* kKillFileVariable = "TRAM_KILL_FILE";

}  // namespace tram::kills
