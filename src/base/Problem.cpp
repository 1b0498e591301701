#include "base/Problem.h"

#include <algorithm>

namespace tram::base {

std::string_view name(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::NoNetwork:
            return "no_network";
        case ProblemKind::Timeout:
            return "timeout";
        case ProblemKind::UntrustedCertificate:
            return "untrusted_certificate";
        case ProblemKind::NotTheGateway:
            return "not_the_gateway";
        case ProblemKind::BadResponse:
            return "bad_response";
        case ProblemKind::Unauthorized:
            return "unauthorized";
        case ProblemKind::Forbidden:
            return "forbidden";
        case ProblemKind::NotFound:
            return "not_found";
        case ProblemKind::Conflict:
            return "conflict";
        case ProblemKind::TooLarge:
            return "too_large";
        case ProblemKind::Unprocessable:
            return "unprocessable";
        case ProblemKind::TooManyRequests:
            return "too_many_requests";
        case ProblemKind::ServerFault:
            return "server_fault";
        case ProblemKind::DiskFull:
            return "disk_full";
        case ProblemKind::StoreReadOnly:
            return "store_read_only";
        case ProblemKind::StoreDamaged:
            return "store_damaged";
        case ProblemKind::StoreBusy:
            return "store_busy";
        case ProblemKind::StoreTooNew:
            return "store_too_new";
        case ProblemKind::FileMissing:
            return "file_missing";
        case ProblemKind::FileUnreadable:
            return "file_unreadable";
        case ProblemKind::KeyMissing:
            return "key_missing";
        case ProblemKind::KeyExposed:
            return "key_exposed";
        case ProblemKind::NotEnrolled:
            return "not_enrolled";
        case ProblemKind::BadConfig:
            return "bad_config";
        case ProblemKind::ClockWrong:
            return "clock_wrong";
        case ProblemKind::Malformed:
            return "malformed";
        case ProblemKind::BadSignature:
            return "bad_signature";
        case ProblemKind::BadSeal:
            return "bad_seal";
        case ProblemKind::Expired:
            return "expired";
        case ProblemKind::RolledBack:
            return "rolled_back";
        case ProblemKind::UnknownKey:
            return "unknown_key";
        case ProblemKind::OutOfRange:
            return "out_of_range";
        case ProblemKind::PictureEmpty:
            return "picture_empty";
        case ProblemKind::PictureTooLarge:
            return "picture_too_large";
        case ProblemKind::PictureUnreadable:
            return "picture_unreadable";
        case ProblemKind::TooManyPictures:
            return "too_many_pictures";
        case ProblemKind::PageMissing:
            return "page_missing";
        case ProblemKind::SeveralPages:
            return "several_pages";
        case ProblemKind::IdentityPaper:
            return "identity_paper";
        case ProblemKind::HelperFailed:
            return "helper_failed";
        case ProblemKind::CameraMissing:
            return "camera_missing";
        case ProblemKind::CameraBusy:
            return "camera_busy";
        case ProblemKind::CameraBlack:
            return "camera_black";
        case ProblemKind::CameraFrozen:
            return "camera_frozen";
        case ProblemKind::CameraUnfit:
            return "camera_unfit";
        case ProblemKind::CameraFailed:
            return "camera_failed";
        case ProblemKind::PrinterPaperOut:
            return "printer_paper_out";
        case ProblemKind::PrinterJam:
            return "printer_jam";
        case ProblemKind::PrinterOpen:
            return "printer_open";
        case ProblemKind::PrinterOffline:
            return "printer_offline";
        case ProblemKind::PrinterMissing:
            return "printer_missing";
        case ProblemKind::PrinterInkOut:
            return "printer_ink_out";
        case ProblemKind::PrinterStopped:
            return "printer_stopped";
        case ProblemKind::PrintingAway:
            return "printing_away";
        case ProblemKind::Cancelled:
            return "cancelled";
        case ProblemKind::Internal:
            return "internal";
    }
    return "internal";
}

std::string_view Problem::fact(std::string_view key) const {
    const auto found = std::ranges::find(facts, key, &std::pair<std::string, std::string>::first);
    return found == facts.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace tram::base
