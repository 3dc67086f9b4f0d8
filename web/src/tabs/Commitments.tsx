export default function Commitments() {
  return null;
}
